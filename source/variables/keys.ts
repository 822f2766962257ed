import { originOf, readPastedKey } from '../castai/castai.ts';
import { CastkeysError } from '../errors.ts';
import type { Secret } from '../keychain/secret.ts';
import type { Role } from '../profiles/profiles.ts';

/** Where a role's key may stand, the first that is set. `castkeys run` sets all of them, Cast AI's own tools the last two. */
const variablesOf: Readonly<Record<Role, readonly string[]>> = {
  reader: ['CASTAI_READ_KEY', 'CASTAI_API_KEY', 'CASTAI_API_TOKEN'],
  writer: ['CASTAI_WRITE_KEY'],
};

/** Whether any variable holds a key. */
export const keysInVariables = (env: NodeJS.ProcessEnv): boolean =>
  Object.values(variablesOf)
    .flat()
    .some(variable => env[variable]);

/**
 * The key of a role, in the first of its variables that is set; undefined where none is.

 * @throws CastkeysError `usage` for a variable that holds no key, without repeating what it holds.
 */
export function keyInVariables(env: NodeJS.ProcessEnv, role: Role): Secret | undefined {
  const variable = variablesOf[role].find(name => env[name]);
  if (variable === undefined) return undefined;
  const read = readPastedKey(env[variable] ?? '');
  if ('secret' in read) return read.secret;
  throw new CastkeysError(
    'usage',
    `${variable} holds no key: ${read.problem} Nothing was sent.`,
    `set ${variable} to the key alone`,
  );
}

/** Where the keys in variables belong: `CASTAI_API_URL`, else the United States. */
export const originInVariables = (env: NodeJS.ProcessEnv): string => originOf(env['CASTAI_API_URL'] || 'us');

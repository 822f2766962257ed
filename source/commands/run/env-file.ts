import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { CastkeysError } from '../../errors.ts';
import type { Secret } from '../../keychain/secret.ts';
import { type Role, roles } from '../../profiles/profiles.ts';

const reference = /^castkeys:\/\/([^/\s]+)\/([^/\s]+)$/;

/**
 * The variables of a dotenv file; `castkeys://PROFILE/ROLE` becomes that key.
 * @throws CastkeysError `usage` for a file that can't be read or a reference to nothing.
 */
export async function readEnvFile(
  file: string,
  keyOf: (profile: string, role: Role) => Promise<Secret>,
): Promise<Record<string, string>> {
  const variables = parse(file);
  const resolved = await Promise.all(
    Object.entries(variables).map(async ([name, value = '']) => {
      const named = reference.exec(value);
      if (!named) return [name, value] as const;
      const [, profile = '', roleName] = named;
      const role = roles.find(known => known === roleName);
      if (!role) throw unusable(`${file}: ${name} refers to a role that is neither reader nor writer`);
      return [name, (await keyOf(profile, role)).reveal()] as const;
    }),
  );
  return Object.fromEntries(resolved);
}

function parse(file: string): ReturnType<typeof parseEnv> {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw unusable(`${file} can't be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

function unusable(what: string): CastkeysError {
  return new CastkeysError('usage', `${what}. Nothing was run.`, 'castkeys run --env-file FILE -- CMD');
}

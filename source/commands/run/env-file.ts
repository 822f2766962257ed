import { CastkeysError } from '../../errors.ts';
import type { Secret } from '../../keychain/secret.ts';
import { type Role, roles } from '../../profiles/profiles.ts';
import { readDotenv } from '../read-dotenv.ts';

const scheme = 'castkeys://';
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
      if (!value.startsWith(scheme)) return [name, value] as const;
      const [, profile, roleName] = reference.exec(value) ?? [];
      if (!profile)
        throw unusable(`${file}: ${name} refers to no key: it is written castkeys://PROFILE/ROLE`);
      const role = roles.find(known => known === roleName);
      if (!role) throw unusable(`${file}: ${name} refers to a role that is neither reader nor writer`);
      return [name, (await keyOf(profile, role)).reveal()] as const;
    }),
  );
  return Object.fromEntries(resolved);
}

function parse(file: string): ReturnType<typeof readDotenv> {
  try {
    return readDotenv(file);
  } catch (thrown) {
    throw unusable(`${file} can't be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

function unusable(what: string): CastkeysError {
  return new CastkeysError('usage', `${what}. Nothing was run.`, 'castkeys run --env-file FILE -- CMD');
}

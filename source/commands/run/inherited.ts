import { looseKey } from '../../castai/key-shape.ts';
import { type Keychain, loadFingerprinter } from '../../keychain/keychain.ts';
import { Secret } from '../../keychain/secret.ts';
import type { Config } from '../../profiles/profiles.ts';

/** Shorter than any key: not worth a fingerprint. */
const shortest = 16;

/**
 * The inherited environment without castkeys' passphrases and without any variable that holds one of
 * our keys: a command gets the one it was started for, and no other. Throws the keychain's trouble.
 */
export async function withoutOurKeys(
  env: NodeJS.ProcessEnv,
  config: Config,
  keychain: Keychain,
): Promise<NodeJS.ProcessEnv> {
  const fingerprinter = await loadFingerprinter(keychain, { create: false });
  const webhookSecrets = Object.values(config.profiles).flatMap(({ webhook }) =>
    Object.values(webhook?.secrets ?? {}),
  );
  const known = [
    ...Object.values(config.credentials),
    ...Object.values(config.retired ?? {}),
    ...webhookSecrets,
  ];
  const ours = new Set(known.map(({ fingerprint }) => fingerprint));
  // Without the master key nothing can be compared: then whatever looks like a key may be ours.
  const isOurs = (text: string) =>
    fingerprinter ? ours.has(fingerprinter(new Secret(text))) : looseKey.test(text);
  const holdsOurs = (value: string) => candidates(value).some(isOurs);
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name, value]) => !name.startsWith('CASTKEYS_PASSPHRASE') && !holdsOurs(value ?? ''),
    ),
  );
}

/** What separates words, and what may also stand around a key without being part of it: `https://x:KEY@host`. */
const separators = [/[\s"',;]+/, /[\s"',;:@=&?]+/];

/** What in a value could be a key: its words (`Bearer …`), and anything of a key's shape inside. */
function candidates(value: string): readonly string[] {
  if (value.length < shortest) return [];
  const words = separators.flatMap(separator => value.split(separator));
  const shaped = value.match(new RegExp(looseKey, 'g')) ?? [];
  return [value, ...words, ...shaped].filter(text => text.length >= shortest);
}

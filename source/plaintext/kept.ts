import type { Install } from '../install/install.ts';
import { type EntryName, type Keychain, loadFingerprinter } from '../keychain/keychain.ts';
import type { Secret } from '../keychain/secret.ts';
import { type Config, roles } from '../profiles/profiles.ts';
import type { PlaintextKey } from './find.ts';

/** A secret that lies in plaintext and is in the keychain as well, read back from there. */
export interface KeptKey {
  readonly key: PlaintextKey;
  /** `the reader key of staging` */
  readonly words: string;
  /** What stands for it in a dotenv file; absent for what `castkeys run` hands out otherwise. */
  readonly reference?: string;
}

interface Entry {
  readonly fingerprint: string;
  readonly entry: EntryName;
  readonly words: string;
  readonly reference?: string;
}

/** Which of the secrets are safely in the keychain: the value itself was read there just now. Throws its trouble. */
export async function keptAmong(
  install: Install,
  keys: readonly PlaintextKey[],
): Promise<readonly KeptKey[]> {
  const config = install.config();
  if (!config || keys.length === 0) return [];
  const keychain = await install.keychain();
  const fingerprint = await loadFingerprinter(keychain, { create: false });
  if (!fingerprint) return [];
  const entries = entriesIn(config);
  const kept = await Promise.all(
    keys.map(async (key): Promise<readonly KeptKey[]> => {
      const found = entries.find(entry => entry.fingerprint === fingerprint(key.secret));
      if (!found || !(await isThere(keychain, found.entry, key.secret))) return [];
      const { words, reference } = found;
      return [{ key, words, ...(reference === undefined ? {} : { reference }) }];
    }),
  );
  return kept.flat();
}

async function isThere(keychain: Keychain, entry: EntryName, secret: Secret): Promise<boolean> {
  const result = await keychain.read(entry);
  return result.state === 'value' && result.secret.reveal() === secret.reveal();
}

function entriesIn({ profiles, credentials, admins }: Config): readonly Entry[] {
  const entryOf = (id: string | undefined, words: string, reference?: string): readonly Entry[] => {
    const known = id === undefined ? undefined : credentials[id];
    if (id === undefined || !known) return [];
    const entry = { kind: 'credential', id } as const;
    return [{ fingerprint: known.fingerprint, entry, words, ...(reference ? { reference } : {}) }];
  };
  return [
    ...Object.entries(profiles).flatMap(([name, { slots, webhook }]) => [
      ...roles.flatMap(role =>
        entryOf(slots[role], `the ${role} key of ${name}`, `castkeys://${name}/${role}`),
      ),
      ...Object.entries(webhook?.secrets ?? {}).map(([id, { fingerprint }]) => ({
        fingerprint,
        entry: { kind: 'webhook', id } as const,
        words: `a webhook secret of ${name}`,
      })),
    ]),
    ...Object.values(admins).flatMap(id => entryOf(id, 'an admin credential')),
  ];
}

import type { KeySource } from '../castai/castai.ts';
import { CastkeysError } from '../errors.ts';
import { type Install, readSecret } from '../install/install.ts';
import type { Secret } from '../keychain/secret.ts';
import { configStamp, findProfile, type Role } from '../profiles/profiles.ts';

export interface SlotOfProfile {
  readonly profile: string;
  readonly role: Role;
  /** Where the key is going to be sent: one that is bound to another address is not given. */
  readonly origin: string;
}

interface Known {
  readonly id: string;
  readonly secret: Secret;
}

/**
 * The key in a role slot, as it is at each moment: read from the keychain when it is first needed, and again when the slot
 * points to another one. Nothing is held open in between.
 * @returns a source whose calls throw `credential-missing`, `origin-mismatch`, and what reading a key throws.
 */
export function currentKey(install: Install, slot: SlotOfProfile): KeySource {
  let stamp: string | undefined;
  let known: Promise<Known> | undefined;
  const look = async (): Promise<Known> => {
    const before = await known?.catch(() => undefined);
    const id = idIn(install, slot);
    return before?.id === id ? before : { id, secret: await readAndClose(install, id) };
  };
  const now = (): Promise<Known> => {
    const seen = configStamp(install.home);
    if (known === undefined || seen !== stamp) {
      stamp = seen;
      known = look();
      // What failed is tried again at the next call.
      known.catch(() => {
        stamp = undefined;
      });
    }
    return known;
  };
  return {
    current: async () => (await now()).secret,
    renewed: async refused => {
      const { secret } = await now();
      return secret.reveal() === refused.reveal() ? undefined : secret;
    },
  };
}

async function readAndClose(install: Install, id: string): Promise<Secret> {
  const keychain = await install.keychain();
  try {
    return await readSecret(keychain, id);
  } finally {
    // Its process is started anew for the next key.
    await keychain.close();
  }
}

function idIn(install: Install, { profile: name, role, origin }: SlotOfProfile): string {
  const config = install.config();
  const id = findProfile(config, name).slots[role];
  if (id === undefined) {
    throw new CastkeysError(
      'credential-missing',
      `${name} has no ${role} key. Nothing was sent.`,
      `castkeys keys add --profile ${name} --role ${role}`,
    );
  }
  const bound = config?.credentials[id]?.origin;
  if (bound === origin) return id;
  throw new CastkeysError(
    'origin-mismatch',
    `The ${role} key of ${name} is bound to ${bound ?? 'no address'}, and not to ${origin}. It was not sent there.`,
    'make the client anew',
  );
}

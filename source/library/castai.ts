import { type CastaiClient, type ClientOptions, castaiClient } from '../castai/castai.ts';
import type { Role } from '../profiles/profiles.ts';
import { findKeys, type KeysFrom } from './key-sources.ts';
import { type Where, whereOf } from './where.ts';

export type { KeysFrom } from './key-sources.ts';

export interface CastaiOptions
  extends Where,
    Pick<ClientOptions, 'timeoutMs' | 'retries' | 'patienceMs' | 'signal' | 'userAgent' | 'fetch'> {
  /**
   * Where the keys are. Default `auto`: the broker this program runs behind (`castkeys run --broker`), else the keychain
   * where castkeys knows the profile, else variables (`CASTAI_READ_KEY`, `CASTAI_WRITE_KEY`, `CASTAI_API_KEY`,
   * `CASTAI_API_TOKEN`), as in CI.
   */
  readonly keys?: KeysFrom | 'auto';
}

/** A profile's two clients: the service-account pattern, one key for reading and one for writing. */
export interface Castai {
  /** The name of the profile. */
  readonly profile: string;
  /** Where requests go: Cast AI, or the broker. */
  readonly origin: string;
  readonly keysFrom: KeysFrom;
  readonly reader: CastaiClient;
  /** Where only one key was handed over in a variable, it writes with that one. */
  readonly writer: CastaiClient;
}

/**
 * The clients of a profile. Nothing is read from a keychain and nothing is sent until the first call; a rotation is taken up
 * by itself, at the next call, and a call that is answered 401 is sent once more if there is another key by then.
 *
 * @param profile its name; without it, the profile that the command line would use here.
 * @throws CastkeysError `profile-unknown`, `profile-missing`, `usage`. Calls throw a `CastaiError` for what Cast AI or the
 * network do, and a `CastkeysError` where the key can't be had (`credential-missing`, `keychain-locked`, …).
 */
export function castai(profile?: string, options: CastaiOptions = {}): Castai {
  const { keys = 'auto', home: _, cwd: __, env: ___, ...client } = options;
  const found = findKeys(whereOf(options), profile, keys);
  const clientOf = (role: Role) =>
    castaiClient({
      ...client,
      origin: found.origin,
      secret: found.keyOf(role),
      authorization: found.authorization,
      ...(found.organizationId === undefined ? {} : { organizationId: found.organizationId }),
    });
  return {
    profile: found.profile,
    origin: found.origin,
    keysFrom: found.from,
    reader: clientOf('reader'),
    writer: clientOf('writer'),
  };
}

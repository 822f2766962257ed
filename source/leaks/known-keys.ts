import { createHash } from 'node:crypto';
import { keyPrefix, redactKeys } from '../castai/key-shape.ts';
import { Secret } from '../keychain/secret.ts';
import type { FoundKey } from './finding.ts';
import { KeySearch } from './spelling/key-search.ts';

/** The keys that are looked for by value, and how any key that is found is recognised. */
export interface KnownKeys {
  readonly own: readonly { readonly credential: string; readonly secret: Secret }[];
  /** Credential ids by fingerprint: of all that are registered and of retired ones. */
  readonly byFingerprint: ReadonlyMap<string, string>;
  /** The fingerprint on this install; absent where it never made one. */
  readonly fingerprint?: (secret: Secret) => string;
}

/** Nothing but the shape of a key is known: no keychain was opened. */
export const onlyShape: KnownKeys = { own: [], byFingerprint: new Map() };

/** Finds keys and says whose they are. */
export class Recogniser {
  readonly search: KeySearch;
  readonly #known: KnownKeys;
  readonly #values: ReadonlyMap<string, string>;

  constructor(known: KnownKeys) {
    this.#known = known;
    this.#values = new Map(known.own.map(({ credential, secret }) => [secret.reveal(), credential]));
    this.search = new KeySearch([...this.#values.keys()]);
  }

  /** What may be said of a key that was found. */
  recognise(value: string): FoundKey {
    const fingerprint = this.#known.fingerprint?.(new Secret(value));
    const credential =
      this.#values.get(value) ??
      (fingerprint === undefined ? undefined : this.#known.byFingerprint.get(fingerprint));
    return {
      ...(credential === undefined ? {} : { credential }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
      content: contentOf(value),
      preview: previewOf(value),
    };
  }

  /** A name, or a path, without the keys in it. */
  mask(name: string): string {
    let masked = redactKeys(name);
    for (const value of this.#values.keys()) masked = masked.replaceAll(value, '********');
    return this.search.find(Buffer.from(masked)).length > 0 ? `${masked.slice(0, 8)}********` : masked;
  }
}

/** Keys are too long to be guessed from a hash; the first 16 bytes of it name one well enough. */
const contentOf = (value: string): string =>
  createHash('sha256').update(`castkeys leak\n${value}`).digest('base64url').slice(0, 22);

/** Two characters besides the beginning that all keys share; of a key of another shape even less. */
function previewOf(value: string): string {
  const shown = value.startsWith(keyPrefix) ? keyPrefix.length + 2 : 3;
  return `${value.slice(0, shown)}…`;
}

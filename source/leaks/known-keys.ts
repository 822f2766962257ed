import { createHash } from 'node:crypto';
import { keyPrefix, redactKeys } from '../castai/key-shape.ts';
import type { Install } from '../install/install.ts';
import { loadFingerprinter, troubleError } from '../keychain/keychain.ts';
import { Secret } from '../keychain/secret.ts';
import type { FoundKey } from './finding.ts';
import { KeySearch } from './spelling/key-search.ts';

/** The keys that are looked for by value, and how any key that is found is recognised. */
export interface KnownKeys {
  /** By credential id. */
  readonly own: ReadonlyMap<string, Secret>;
  /** The fingerprint on this install; absent where it never made one. */
  readonly fingerprint?: (secret: Secret) => string;
}

/** Nothing but the shape of a key is known: the keychain stays closed. */
export const onlyShape: KnownKeys = { own: new Map() };

/**
 * The keys in the keychain.
 * @throws CastkeysError the keychain's trouble: what can't be read can't be looked for.
 */
export async function loadKnownKeys(install: Install): Promise<KnownKeys> {
  const ids = Object.keys(install.config()?.credentials ?? {});
  const isEmpty = ids.length === 0 && Object.keys(install.config()?.retired ?? {}).length === 0;
  if (isEmpty) return onlyShape;
  const keychain = await install.keychain();
  const own = new Map<string, Secret>();
  for (const id of ids) {
    const result = await keychain.read({ kind: 'credential', id });
    if (result.state === 'value') own.set(id, result.secret);
    else if (result.state !== 'absent') throw troubleError(result);
  }
  const fingerprint = await loadFingerprinter(keychain, { create: false });
  return { own, ...(fingerprint ? { fingerprint } : {}) };
}

/** Finds keys, and says what may be said of them. */
export class Recogniser {
  readonly search: KeySearch;
  /** The keys that were recognised, by what names them in the ignore list. */
  readonly values = new Map<string, Secret>();
  readonly #fingerprint: KnownKeys['fingerprint'];
  readonly #credentials: ReadonlyMap<string, string>;

  constructor({ own, fingerprint }: KnownKeys) {
    this.#fingerprint = fingerprint;
    this.#credentials = new Map([...own].map(([id, secret]) => [secret.reveal(), id]));
    this.search = new KeySearch([...this.#credentials.keys()]);
  }

  recognise(value: string): FoundKey {
    const credential = this.#credentials.get(value);
    const secret = new Secret(value);
    const fingerprint = this.#fingerprint?.(secret);
    const content = contentOf(value);
    this.values.set(content, secret);
    return {
      ...(credential === undefined ? {} : { credential }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
      content,
      preview: previewOf(value),
    };
  }

  /** A name, or a path, without the keys in it. */
  mask(name: string): string {
    let masked = redactKeys(name);
    for (const value of this.#credentials.keys()) masked = masked.replaceAll(value, '********');
    return this.search.find(Buffer.from(masked)).length > 0 ? `${masked.slice(0, 8)}********` : masked;
  }
}

/** Keys are too long to be guessed from a hash, and 12 bytes of it name one well enough. */
const contentOf = (value: string): string =>
  createHash('sha256').update(`castkeys leak\n${value}`).digest('hex').slice(0, 24);

/** Two characters besides the beginning that all keys share; of a key of another shape even less. */
function previewOf(value: string): string {
  const shown = value.startsWith(keyPrefix) ? keyPrefix.length + 2 : 3;
  return `${value.slice(0, shown)}…`;
}

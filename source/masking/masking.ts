/** Hides keys in bytes that pass through: a command's output, an answer of the API. */
import type { Secret } from '../keychain/secret.ts';
import { FormMasker } from './form-masker.ts';
import { type FormsWanted, formsOf } from './forms.ts';
import { ShapeMasker } from './shape-masker.ts';

export interface Hiding {
  readonly secrets: readonly Secret[];
  readonly forms: FormsWanted;
  /** Hide whatever has the shape of a Cast AI key, too, whoever's it is. */
  readonly anyKey?: boolean;
  /** Put as many bytes in its place, so that a length told before still holds; else a mask that says nothing of it. */
  readonly keepsLength?: boolean;
}

/** Hides secrets in a stream of bytes, wherever its chunks are cut. */
export interface Masker {
  /** What may go out now. Only bytes that so far are a secret, beyond its public beginning, wait for the next chunk. */
  push(chunk: Buffer): Buffer;
  /** What was held back: the beginning of a secret that never came to its end is hidden all the same. */
  end(): Buffer;
}

export function maskerOf({ secrets, forms, anyKey = false, keepsLength = false }: Hiding): Masker {
  const all = secrets.flatMap(secret => formsOf(secret, forms));
  const byForm = all.length > 0 ? new FormMasker(all, keepsLength) : undefined;
  const byShape = anyKey ? new ShapeMasker(keepsLength) : undefined;
  const shaped = (bytes: Buffer) => byShape?.push(bytes) ?? bytes;
  return {
    push: chunk => shaped(byForm?.push(chunk) ?? chunk),
    end: () => shaped(byForm?.end() ?? Buffer.alloc(0)),
  };
}

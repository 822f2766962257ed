import type { Secret } from '../keychain/secret.ts';
import { printable, withoutControls } from '../printable.ts';
import { redactKeys } from './key-shape.ts';

/**
 * Somebody else's words, fit to be shown: printable, with everything key-shaped masked. Masked after stripping, because
 * a control character may split a key, and cut last, because half a key is still half a key.
 */
export function harmless(text: string, length?: number): string {
  return printable(redactKeys(withoutControls(text)), length);
}

/** {@link harmless}, and without this key, whatever its shape. */
export function scrubber(secret: Secret): (text: string, length?: number) => string {
  return (text, length) => {
    const clean = withoutControls(text);
    const value = secret.reveal();
    return harmless(value === '' ? clean : clean.replaceAll(value, '********'), length);
  };
}

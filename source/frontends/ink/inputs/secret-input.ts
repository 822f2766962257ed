import { Secret } from '../../../keychain/secret.ts';
import { actionOf, type Key, secretKeys } from '../keys.ts';

/** A secret being typed or pasted. No key shows it, and nothing that is drawn follows from its length. */
export interface SecretInput {
  readonly kind: 'secret';
  /** Undefined while nothing was typed. */
  readonly received: Secret | undefined;
}

/**
 * More than any key has. Whatever is pasted beyond it is dropped but for one character too many, by which the
 * question's own `read` sees that it won't do. In UTF-16 units.
 */
const longest = 65_536;

export const emptySecret: SecretInput = { kind: 'secret', received: undefined };

/** The input after a key. */
export function pressSecret(input: SecretInput, key: Key): SecretInput {
  const typed = typedInto(input);
  switch (actionOf(secretKeys, key)) {
    case 'clear':
      return emptySecret;
    case 'erase':
      return holding(typed.slice(0, -1));
    case undefined:
      return key.type === 'key' || typed.length > longest ? input : holding(typed + received(key));
  }
}

/** What is handed over: what was typed, or nothing. */
export function typedInto(input: SecretInput): string {
  return input.received?.reveal() ?? '';
}

/** A copied line brings its line end along; whoever types means every character. */
function received(key: Extract<Key, { readonly text: string }>): string {
  return key.type === 'paste' ? key.text.replace(/[\r\n]+$/, '') : key.text;
}

function holding(text: string): SecretInput {
  const kept = text.slice(0, longest + 1);
  return { kind: 'secret', received: kept === '' ? undefined : new Secret(kept) };
}

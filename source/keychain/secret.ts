import { inspect } from 'node:util';

const mask = '********';

/**
 * A secret value in memory. It masks itself wherever a value is turned into text; `reveal()` is the
 * only way out, so every use is found by searching for it. The mask's width says nothing of the length.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it where the value leaves castkeys (keychain, HTTP header, child's environment), never earlier. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [inspect.custom](): string {
    return `Secret(${mask})`;
  }
}

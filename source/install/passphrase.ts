import { readFileSync } from 'node:fs';
import { CastkeysError } from '../errors.ts';
import { Secret } from '../keychain/secret.ts';

/** The passphrase of the encrypted file: from the environment, given by a wizard, or asked for once. */
export class Passphrase {
  readonly #env: NodeJS.ProcessEnv;
  readonly #prompt: (() => Promise<Secret>) | undefined;
  #known: Secret | undefined;

  /** `prompt` asks a person; leave it out where nobody is there. */
  constructor(env: NodeJS.ProcessEnv, prompt?: () => Promise<Secret>) {
    this.#env = env;
    this.#prompt = prompt;
  }

  /** Whether it takes no person to get it. */
  get isKnown(): boolean {
    return Boolean(this.#known || this.#env['CASTKEYS_PASSPHRASE_FILE'] || this.#env['CASTKEYS_PASSPHRASE']);
  }

  give(passphrase: Secret): void {
    this.#known = passphrase;
  }

  /**
   * @throws CastkeysError `keychain-locked` where nobody can be asked, `passphrase-wrong` for a
   * passphrase file that can't be read.
   */
  async get(): Promise<Secret> {
    this.#known ??= fromEnvironment(this.#env) ?? (await this.#prompt?.());
    if (this.#known) return this.#known;
    throw new CastkeysError(
      'keychain-locked',
      'The encrypted file is locked, and nobody is here to type its passphrase. Nothing was changed.',
      'set CASTKEYS_PASSPHRASE_FILE, or run in a terminal',
    );
  }
}

function fromEnvironment(env: NodeJS.ProcessEnv): Secret | undefined {
  const file = env['CASTKEYS_PASSPHRASE_FILE'];
  if (file) return new Secret(readPassphraseFile(file));
  const value = env['CASTKEYS_PASSPHRASE'];
  return value ? new Secret(value) : undefined;
}

function readPassphraseFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (thrown) {
    throw new CastkeysError(
      'passphrase-wrong',
      `The passphrase file can't be read: ${thrown instanceof Error ? thrown.message : String(thrown)}. Nothing was changed.`,
      'point CASTKEYS_PASSPHRASE_FILE to a file that you can read',
    );
  }
}

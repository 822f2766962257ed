/** What a verb is: its words and options as data, and a plain function that carries it out. */
import type { Home } from '../home/home.ts';
import type { KeychainChild } from '../keychain/open-keychain.ts';
import type { OpenFrontEnd } from './play-flow.ts';
import type { Session } from './session.ts';

export interface Option {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  /** How help calls the value: `NAME`. */
  readonly value?: string;
  readonly help: string;
}

export interface Command {
  /** `castkeys` is put before each line. */
  readonly usage: readonly string[];
  readonly summary: string;
  /** What help says below the usage. */
  readonly about?: string;
  readonly options?: Readonly<Record<string, Option>>;
  readonly examples?: readonly string[];
  /** Takes words besides its options; to any other command they are a mistake. */
  readonly takesWords?: boolean;
  /** Signals are not castkeys' to answer while this verb runs. */
  readonly leavesSignalsAlone?: boolean;
  /** Carries the verb out. Returns the exit code when it isn't 0; throws a CastkeysError for what failed. */
  readonly run: (call: Call) => Promise<number | undefined>;
}

/** A verb as it was called, with everything it may touch. */
export interface Call {
  readonly positionals: readonly string[];
  readonly flags: Flags;
  /** What stood behind `--`. */
  readonly rest: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly home: Home;
  readonly streams: Streams;
  readonly clock: () => Date;
  /** Aborted by Ctrl+C, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
  /** The keychain's child process, where it was started before the program was loaded. */
  readonly keychainChild?: KeychainChild;
  /** Cancels as Ctrl+C does; for the front end that holds the keyboard in raw mode. */
  readonly interrupt: () => void;
  /** Where the verb was started from a screen that stays open. */
  readonly host?: Host;
}

/** A screen that verbs are started from: it lends them its session, and room for their questions. */
export interface Host {
  readonly session: Session;
  readonly open: () => OpenFrontEnd;
  /** What a verb prints is kept for it; these are the terminal itself. */
  readonly terminal: Streams;
}

export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  /** Results. */
  readonly stdout: NodeJS.WriteStream;
  /** The wizard and messages. */
  readonly stderr: NodeJS.WriteStream;
}

/** The options as given. */
export class Flags {
  readonly #values: Readonly<Record<string, string | boolean | undefined>>;

  constructor(values: Readonly<Record<string, string | boolean | undefined>>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }
}

/** The options of every command. */
export const commonOptions: Readonly<Record<string, Option>> = {
  profile: { type: 'string', value: 'NAME', help: 'the profile to use, instead of the active one' },
  json: {
    type: 'boolean',
    help: 'print one JSON document (flows: one event a line) and nothing else on stdout',
  },
  plain: { type: 'boolean', help: 'linear prompts instead of the full screen' },
  answers: {
    type: 'string',
    value: 'FILE|-',
    help: 'answer the questions from a JSON object: question id to answer',
  },
  yes: { type: 'boolean', help: 'no confirmations; production and what can not be undone included' },
  'no-color': { type: 'boolean', help: 'no colours (as NO_COLOR)' },
  help: { type: 'boolean', short: 'h', help: 'this text' },
};

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { type KeychainCall, parseAnswer, type Reply } from './child-wire.ts';

export interface ChildOptions {
  /** The child's script: `os-keychain-child.cts`, or built from it, `keychain-child.cjs`. */
  readonly childPath: string;
  /** Where the child finds the session bus and the like. Default: this process's environment. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** Why a child is gone: it ended by itself, its connection was found stale, or its answers are no longer waited for. */
export type Departure = 'crashed' | 'stale' | 'given-up';

/** A reply, or `gone`: the child ended before it gave one. */
export type Answer = Reply | { readonly gone: Departure };

/**
 * Starts the process that talks to the OS keychain. It takes about 25 ms to be ready, so a command that knows it
 * will read a key calls this before it loads anything else, and hands the child to `openKeychain`.
 */
export function startKeychainChild(options: ChildOptions): KeychainChild {
  const { childPath, env = process.env } = options;
  return new KeychainChild(
    spawn(process.execPath, [childPath], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: childEnvironment(env),
      windowsHide: true,
    }),
  );
}

/**
 * The environment without what slows node's start (NODE_EXTRA_CA_CERTS alone: 28 ms measured) or changes it
 * (NODE_OPTIONS), and without any secret that was handed to castkeys itself.
 */
function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(NODE|CASTKEYS|CASTAI)_/i.test(name)));
}

/** One child process. It never keeps this process alive but while a call is under way. */
export class KeychainChild {
  /** True once keytar answered here. It then keeps a connection to a service that may have died since. */
  hasAnswered = false;
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #handles: readonly { ref(): unknown; unref(): unknown }[];
  readonly #pending = new Map<number, (answer: Answer) => void>();
  #lastId = 0;
  #unread = '';
  #gone: Departure | undefined;

  constructor(process: ChildProcessByStdio<Writable, Readable, null>) {
    this.#process = process;
    const pipes = [process.stdin, process.stdout].filter(pipe => pipe instanceof Socket);
    this.#handles = [process, ...pipes];
    process.on('error', () => this.#leave('crashed'));
    process.on('close', () => this.#leave('crashed'));
    process.stdin.on('error', () => this.#leave('crashed'));
    process.stdout.setEncoding('utf8').on('data', (text: string) => this.#receive(text));
    this.#holdProcessOpen(false);
  }

  /** Passes one call on. Calls are done in order; any number may wait. Never throws. */
  ask(call: KeychainCall): Promise<Answer> {
    if (this.#gone) return Promise.resolve({ gone: this.#gone });
    return new Promise(resolve => {
      this.#lastId += 1;
      this.#pending.set(this.#lastId, resolve);
      this.#holdProcessOpen(true);
      this.#process.stdin.write(`${JSON.stringify({ ...call, id: this.#lastId })}\n`);
    });
  }

  /** Ends the child whatever it is doing. Calls still under way answer `gone`. */
  kill(departure: Departure): void {
    this.#process.kill('SIGKILL');
    this.#leave(departure);
  }

  #receive(text: string): void {
    const lines = (this.#unread + text).split('\n');
    this.#unread = lines.pop() ?? '';
    try {
      for (const line of lines) this.#settle(line);
    } catch {
      this.kill('crashed');
    }
  }

  #settle(line: string): void {
    const { id, ...reply } = parseAnswer(line);
    this.hasAnswered ||= 'ok' in reply;
    this.#pending.get(id)?.(reply);
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#holdProcessOpen(false);
  }

  #leave(departure: Departure): void {
    this.#gone ??= departure;
    for (const resolve of this.#pending.values()) resolve({ gone: this.#gone });
    this.#pending.clear();
    this.#holdProcessOpen(false);
  }

  #holdProcessOpen(held: boolean): void {
    for (const handle of this.#handles) {
      if (held) handle.ref();
      else handle.unref();
    }
  }
}

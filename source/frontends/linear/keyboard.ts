import { StringDecoder } from 'node:string_decoder';
import { type KeyPiece, KeyPieces } from './key-pieces.ts';

export interface KeyboardOptions {
  readonly stdin: NodeJS.ReadStream;
  /** Ctrl+C, or the terminal is gone. Called each time. */
  readonly onInterrupt: () => void;
}

/** Who gets the keys while a question is open. */
export interface Listener {
  readonly onKeys: (piece: KeyPiece) => void;
  /** The process was stopped by Ctrl+Z and goes on: the shell has written over the question. */
  readonly onContinued: () => void;
}

/** A slow line delivers a sequence in pieces; longer apart, in ms, it was the Esc key. */
const escapePatience = 50;
/** How long a process that can't be stopped waits, in ms: the clock stands still with one that can. */
const stopped = 50;

/**
 * Holds the terminal in raw mode for the whole session: were it given back between two questions, what is typed there
 * would be echoed. What comes while nobody listens is dropped.
 */
export class Keyboard {
  readonly #stdin: NodeJS.ReadStream;
  readonly #onInterrupt: () => void;
  readonly #wasRaw: boolean;
  readonly #decoder = new StringDecoder('utf8');
  readonly #pieces = new KeyPieces();
  #listener: Listener | undefined;
  #settling: NodeJS.Timeout | undefined;
  #settlingNow: NodeJS.Immediate | undefined;

  constructor({ stdin, onInterrupt }: KeyboardOptions) {
    this.#stdin = stdin;
    this.#onInterrupt = onInterrupt;
    this.#wasRaw = stdin.isRaw;
    stdin.setRawMode(true);
    stdin.on('data', this.#receive);
    stdin.once('end', onInterrupt);
    stdin.resume();
  }

  /** Hands the keys to one listener until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listener = listener;
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  /** Gives the terminal back as it was. */
  close(): void {
    this.#stopSettling();
    this.#stdin.off('data', this.#receive);
    this.#stdin.off('end', this.#onInterrupt);
    this.#stdin.setRawMode(this.#wasRaw);
    // Whoever held it before, such as the wizard that a passphrase was asked in, goes on reading.
    if (!this.#wasRaw) this.#stdin.pause();
  }

  readonly #receive = (bytes: Buffer | string): void => {
    this.#stopSettling();
    const chunk = typeof bytes === 'string' ? bytes : this.#decoder.write(bytes);
    // Before anything else, so that it works in the middle of a paste that never ends, too.
    if (chunk.includes('\x03')) this.#onInterrupt();
    else if (chunk.includes('\x1a')) this.#stop();
    else this.#deliver(this.#pieces.push(chunk));
    if (!this.#pieces.isWaiting) return;
    this.#settling = setTimeout(() => {
      // Where this process was kept from running, the rest has come by now and is read before this.
      this.#settlingNow = setImmediate(() => this.#deliver(this.#pieces.settle()));
    }, escapePatience);
  };

  #stopSettling(): void {
    clearTimeout(this.#settling);
    clearImmediate(this.#settlingNow);
  }

  #deliver(pieces: readonly KeyPiece[]): void {
    for (const piece of pieces) this.#listener?.onKeys(piece);
  }

  /** Ctrl+Z as the terminal does it where it isn't raw: the whole group, for `npm start` must stop with us. */
  #stop(): void {
    if (process.platform === 'win32') return;
    this.#stdin.setRawMode(false);
    process.kill(0, 'SIGTSTP');
    setTimeout(() => {
      this.#stdin.setRawMode(true);
      this.#listener?.onContinued();
    }, stopped);
  }
}

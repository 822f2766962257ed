/** Appending to the log: one batch at a time under the lock, on disk before anybody is told. */
import { type Home, type Lock, openLock } from '../home/home.ts';
import type { Sealing } from './anchor.ts';
import { appendLines } from './append-lines.ts';
import { endingOf } from './ending.ts';
import type { Entered, Entry } from './entry.ts';
import { type GoOn, goOnSealed, goOnUnsealed } from './go-on.ts';
import { readLine, type Unsealed, writeLine } from './line.ts';
import { cutWhenFull, lockFile } from './log-files.ts';
import { tidyMetadata, tidyText } from './metadata.ts';
import { readTail } from './tail.ts';
import { whoActs } from './who.ts';

export interface WriterOptions {
  readonly home: Home;
  readonly genesis: string;
  readonly clock: () => Date;
  readonly sealing: () => Promise<Sealing | { readonly closed: string }>;
  /** Bytes at which a file is full. Default 16 MiB. */
  readonly mostBytes?: number;
}

const fullSize = 16 * 1024 * 1024;
/** A lock that nobody needed for so long, in ms, is closed. */
const idleTime = 500;

/** What is entered, before it has its place in the chain. */
type Wanted = Omit<Unsealed, 'seq' | 'prev'>;

interface Waiting {
  readonly wanted: Wanted;
  readonly written: PromiseWithResolvers<Entry>;
}

/** Appends entries in the order they are asked for; those asked for together share one write and one anchor. */
export class Writer {
  readonly #options: WriterOptions;
  readonly #userId = whoActs();
  #waiting: Waiting[] = [];
  #isWriting = false;
  #lock: Promise<Lock> | undefined;
  #closing: NodeJS.Timeout | undefined;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Resolves once the entry is on disk. @throws CastkeysError `home-busy`, `home-unwritable`. */
  append(entered: Entered): Promise<Entry> {
    const written = Promise.withResolvers<Entry>();
    this.#waiting.push({ wanted: this.#complete(entered), written });
    if (!this.#isWriting) void this.#writeAll();
    return written.promise;
  }

  #complete({ action, resource, result = 'success', metadata = {}, userId }: Entered): Wanted {
    return {
      timestamp: this.#options.clock().toISOString(),
      action,
      userId: userId === undefined ? this.#userId : tidyText(userId),
      resource: tidyText(resource),
      result,
      metadata: tidyMetadata(metadata),
    };
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    clearTimeout(this.#closing);
    while (this.#waiting.length > 0) {
      // What is asked for in the same turn goes together.
      await Promise.resolve();
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#write(batch).catch(thrown => {
        for (const { written } of batch) written.reject(thrown);
      });
    }
    this.#isWriting = false;
    this.#closing = setTimeout(() => this.#close(), idleTime).unref();
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const sealing = await this.#options.sealing();
    const lock = await this.#openLock();
    const entries = await lock.hold(() => this.#append(batch, 'closed' in sealing ? undefined : sealing));
    for (const [at, { written }] of batch.entries()) {
      const entry = entries[at];
      if (entry) written.resolve(entry);
      else written.reject(new Error('The entry can not be read back from its own line.'));
    }
  }

  async #append(batch: readonly Waiting[], sealing: Sealing | undefined): Promise<readonly Entry[]> {
    const { home, mostBytes = fullSize, clock } = this.#options;
    const { goOn, sealing: open } = await this.#whereToGoOn(sealing);
    cutWhenFull(home, goOn.count, mostBytes);
    let { count, hash } = goOn;
    const own = goOn.first.map(act => this.#complete(act));
    const texts = [...own, ...batch.map(({ wanted }) => wanted)].map(wanted => {
      const line = writeLine({ ...wanted, seq: count + 1, prev: hash }, open?.macKey);
      count += 1;
      hash = line.hash;
      return line.text;
    });
    await appendLines(home, texts, goOn.torn);
    // Where the keychain fails now, the next to write takes these lines up: it knows them by their MACs.
    await open?.write({ count, hash, at: clock().toISOString() }).catch(() => {});
    return texts.slice(own.length).flatMap(text => readLine(text) ?? []);
  }

  /** A keychain that closes while it is asked counts as closed. */
  async #whereToGoOn(sealing: Sealing | undefined): Promise<{ goOn: GoOn; sealing?: Sealing }> {
    const { home, genesis, clock } = this.#options;
    const anchor = await sealing?.read().catch(() => undefined);
    const tail = readTail(home);
    if (!sealing || anchor === undefined) return { goOn: goOnUnsealed(tail, genesis) };
    const goOn = goOnSealed(tail, genesis, anchor, sealing.macKey, (lastAt, isTorn) =>
      endingOf(home, lastAt, isTorn),
    );
    // Anchored before more is written, so that the file is never ahead by more than what was written at once.
    if (goOn.isAhead) await sealing.write({ ...goOn, at: clock().toISOString() });
    return { goOn, sealing };
  }

  #openLock(): Promise<Lock> {
    this.#lock ??= openLock(lockFile(this.#options.home)).catch(thrown => {
      this.#lock = undefined;
      throw thrown;
    });
    return this.#lock;
  }

  #close(): void {
    const lock = this.#lock;
    this.#lock = undefined;
    void lock?.then(open => open.close());
  }
}

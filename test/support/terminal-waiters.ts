/** A text or a pattern somewhere on the screen, or anything a function says of its lines. */
export type Wanted = string | RegExp | ((screen: readonly string[]) => boolean);

interface Waiter {
  readonly holds: (screen: readonly string[]) => boolean;
  readonly resolve: (screen: readonly string[]) => void;
  readonly fail: (reason: string) => void;
}

/** Those who wait for the screen to show something. */
export class Waiters {
  readonly #screen: () => readonly string[];
  readonly #waiting = new Set<Waiter>();
  #over: string | undefined;

  constructor(screen: () => readonly string[]) {
    this.#screen = screen;
  }

  /** Resolves with the screen as soon as it shows what is wanted; `timeout` in milliseconds. */
  wait(wanted: Wanted, timeout: number): Promise<readonly string[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>();
    const fail = (reason: string) =>
      reject(
        new Error(`Waited for ${describe(wanted)}, but ${reason}. The screen:\n${framed(this.#screen())}`),
      );
    const timer = setTimeout(() => fail(`it did not come in ${timeout} ms`), timeout);
    const waiter = { holds: asPredicate(wanted), resolve, fail };
    this.#waiting.add(waiter);
    this.look();
    if (this.#over !== undefined) fail(this.#over);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(waiter);
    });
  }

  /** Looks at the screen again, for everybody. */
  look(): void {
    const screen = this.#screen();
    for (const waiter of this.#waiting) if (waiter.holds(screen)) waiter.resolve(screen);
  }

  /** Nothing more will come. */
  giveUp(reason: string): void {
    this.#over = reason;
    for (const waiter of this.#waiting) waiter.fail(reason);
  }
}

function asPredicate(wanted: Wanted): (screen: readonly string[]) => boolean {
  if (typeof wanted === 'function') return wanted;
  if (typeof wanted === 'string') return screen => screen.join('\n').includes(wanted);
  return screen => wanted.test(screen.join('\n'));
}

function describe(wanted: Wanted): string {
  return typeof wanted === 'string' ? JSON.stringify(wanted) : String(wanted);
}

/** The screen between bars, so that blanks and empty lines are seen. */
function framed(screen: readonly string[]): string {
  const width = Math.max(0, ...screen.map(line => line.length));
  const rule = '-'.repeat(width);
  return [`+${rule}+`, ...screen.map(line => `|${line.padEnd(width)}|`), `+${rule}+`].join('\n');
}

import type { CheckLine } from '../../flow/flow.ts';

/** Tells which measurements are news: one that repeats what was said before is none. */
export class CheckNews {
  readonly #said = new Map<string, string>();

  /** The checks are another profile's from now on. */
  forget(): void {
    this.#said.clear();
  }

  isNews(check: CheckLine): boolean {
    if (check.state === 'measuring') return false;
    const before = this.#said.get(check.id);
    // That nothing is known of it yet isn't news either, unless something was.
    if (before === undefined && check.state === 'unknown') return false;
    const now = contentOf(check);
    this.#said.set(check.id, now);
    return now !== before;
  }
}

/** Evidence of what holds counts the seconds since; only trouble is worth telling again for it. */
function contentOf({ state, evidence, fix = '' }: CheckLine): string {
  const isTrouble = state === 'warn' || state === 'fail';
  return isTrouble ? `${state} ${evidence} ${fix}` : state;
}

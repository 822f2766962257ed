import type { Order, Step } from './order.ts';
import type { RawAnswer } from './question.ts';

/** What a step came to: a value, or what it threw. */
export type StepResult = { readonly value: unknown } | { readonly thrown: Error };

type Entry =
  | { readonly type: 'answer'; readonly id: string; readonly answer: unknown; readonly raw?: RawAnswer }
  | { readonly type: 'step'; readonly step: Step<unknown>; readonly result: StepResult }
  | { readonly type: 'note' | 'badge' | 'timeline' | 'keep' };

/**
 * What has been answered and done, in memory, in order. Replayed into a fresh generator it brings the
 * flow back to where it was; shortened first, to where it was before.
 */
export class Journal {
  #entries: Entry[] = [];
  #replayed = 0;
  readonly #typedBefore = new Map<string, RawAnswer>();

  add(entry: Entry): void {
    this.#entries.push(entry);
    this.#replayed = this.#entries.length;
  }

  /** From here on `replay` gives the entries from the first one again. */
  restart(): void {
    this.#replayed = 0;
  }

  /** The recorded entry for an order, or undefined once the flow has caught up. */
  replay(order: Order): Entry | undefined {
    const entry = this.#entries[this.#replayed];
    if (!entry) return undefined;
    if (!answers(entry, order)) throw tookAnotherTurn();
    this.#replayed += 1;
    return entry;
  }

  /** Throws where a flow ended before everything recorded was replayed. */
  assertCaughtUp(): void {
    if (this.#replayed < this.#entries.length) throw tookAnotherTurn();
  }

  /** The question that Esc leads back to: the latest one with no act that changed the world after it. */
  get lastOpenQuestion(): { readonly id: string } | undefined {
    for (const entry of this.#entries.toReversed()) {
      if (entry.type === 'answer') return entry;
      if (entry.type === 'keep') return undefined;
      if (entry.type === 'step' && !entry.step.readOnly && 'value' in entry.result) return undefined;
    }
    return undefined;
  }

  /** Forgets the latest answer and all after it; what was typed is kept for when it is asked again. */
  forgetLastAnswer(): void {
    const index = this.#entries.findLastIndex(entry => entry.type === 'answer');
    const entry = this.#entries[index];
    if (entry?.type === 'answer' && entry.raw !== undefined) this.#typedBefore.set(entry.id, entry.raw);
    this.#entries = this.#entries.slice(0, index);
  }

  /** What was answered to this question before the person went back over it; never a secret. */
  typedBefore(id: string): RawAnswer | undefined {
    return this.#typedBefore.get(id);
  }

  /** The acts to take back, latest first: those that succeeded since the last `keep`. */
  get undoable(): readonly { readonly step: Step<unknown>; readonly value: unknown }[] {
    const since = this.#entries.slice(this.#entries.findLastIndex(entry => entry.type === 'keep') + 1);
    return since
      .toReversed()
      .flatMap(entry =>
        entry.type === 'step' && 'value' in entry.result
          ? [{ step: entry.step, value: entry.result.value }]
          : [],
      );
  }
}

function tookAnotherTurn(): Error {
  return new Error('The wizard took another turn when it was replayed; this is a bug.');
}

function answers(entry: Entry, order: Order): boolean {
  if (entry.type === 'answer') return order.type === 'ask' && order.question.id === entry.id;
  if (entry.type === 'step') return order.type === 'step' && order.step.id === entry.step.id;
  return order.type === entry.type;
}

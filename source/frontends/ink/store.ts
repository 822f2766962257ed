import { emptyView, type FlowEvent, type Reply, reduce, type View } from '../../flow/flow.ts';
import { type Input, openInput, press } from './inputs/input.ts';
import type { Key } from './keys.ts';

/** Everything the screen is drawn from. */
export interface Screen {
  readonly view: View;
  /** Of the open question. */
  readonly input?: Input;
  /** Ctrl+C was pressed, and what was done is being taken back. */
  readonly cancelling: boolean;
}

/**
 * The session's state, outside React: keys act at once and in order, however many come in one piece, and events
 * are reduced whether or not anything is drawn. React only watches.
 */
export class Store {
  #screen: Screen = { view: emptyView, cancelling: false };
  readonly #now: () => number;
  readonly #watchers = new Set<() => void>();
  #reply: ((reply: Reply) => void) | undefined;
  #broken: Error | undefined;

  /** `now` is in milliseconds, on a clock that goes forward. */
  constructor(now: () => number) {
    this.#now = now;
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly screen = (): Screen => this.#screen;

  show(event: FlowEvent): void {
    const { view: before, input, cancelling } = this.#screen;
    const view = reduce(before, event, this.#now());
    const kept = opensInput(before, event) ? view.question && openInput(view.question) : input;
    this.#become({ view, cancelling, ...(view.question && kept ? { input: kept } : {}) });
  }

  /** The reply to the open question. Keys are taken only while this is awaited: what is typed ahead is dropped. */
  answer(signal: AbortSignal): Promise<Reply> {
    if (this.#broken) return Promise.resolve({ type: 'stuck', error: this.#broken });
    const { promise, resolve } = Promise.withResolvers<Reply>();
    const abort = () => this.#settle({ type: 'cancel' });
    this.#reply = resolve;
    signal.addEventListener('abort', abort, { once: true });
    return promise.finally(() => signal.removeEventListener('abort', abort));
  }

  press(keys: readonly Key[]): void {
    let screen = this.#screen;
    for (const key of keys) {
      const { input, view } = screen;
      if (!this.#reply || !input || !view.question) break;
      const pressed = press(input, key, view.question.canGoBack);
      screen = { ...screen, input: pressed.input };
      if (pressed.reply) this.#settle(pressed.reply);
    }
    if (screen !== this.#screen) this.#become(screen);
  }

  cancel(): void {
    this.#become({ ...this.#screen, cancelling: true });
  }

  /** Nothing can be drawn any more: whoever waits for a reply, now or later, is told why there is none. */
  break(error: Error): void {
    this.#broken = error;
    this.#settle({ type: 'stuck', error });
  }

  #settle(reply: Reply): void {
    const settle = this.#reply;
    this.#reply = undefined;
    settle?.(reply);
  }

  #become(screen: Screen): void {
    this.#screen = screen;
    for (const watcher of this.#watchers) watcher();
  }
}

/** Whether the event asks afresh; a question asked again because its answer was refused keeps what was typed. */
function opensInput({ question: open }: View, event: FlowEvent): boolean {
  if (event.type !== 'asked') return false;
  return open?.question.id !== event.question.id || open.problem === undefined;
}

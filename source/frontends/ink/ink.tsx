/** The full-screen front end: a wizard, or the live checklist, on the alternate screen of a terminal. */
import type { FrontEnd, RawAnswer } from '../../flow/flow.ts';
import { App } from './app.tsx';
import { type Hand, typeAnswer } from './demonstration.ts';
import { openFullScreen, type Terminal } from './full-screen.tsx';
import { Store } from './store.ts';

export type { Act, Board, BoardKey, BoardProfile, Wait } from './dashboard/board.ts';
export { type DashboardSession, openDashboard } from './dashboard.tsx';
export { openWatch, type WatchOptions, type WatchSession } from './watch.tsx';
export type { WatchReport } from './watch-report.ts';

export interface InkOptions extends Terminal {
  /** Ctrl+C, or the terminal is gone: cancel what is going on. Called each time. */
  readonly onCancel: () => void;
  /** The screen could not be drawn. Without it `onCancel` is called; the open question is answered `stuck` in any case. */
  readonly onError?: (error: Error) => void;
  /** How fast a demonstrated answer is typed. */
  readonly pace?: Hand;
}

export interface InkSession extends FrontEnd {
  /** Gives the terminal back as it was; resolves when everything is written. */
  readonly close: () => Promise<void>;
  /** Aborted by Ctrl+C. */
  readonly cancelled: AbortSignal;
  /** Answers the open question visibly, as a person would: types the text, moves to the choice, pastes the secret. Resolves when it has been sent. */
  readonly demonstrate: (raw: RawAnswer) => Promise<void>;
}

/** Takes the terminal for a wizard, until it is closed. */
export function openInk(options: InkOptions): InkSession {
  const store = new Store(() => performance.now());
  const cancellation = new AbortController();
  const closeScreen = openFullScreen({
    ...options,
    content: <App store={store} />,
    onKeys: keys => store.press(keys),
    onInterrupt: () => {
      store.cancel();
      cancellation.abort();
      options.onCancel();
    },
    onBroken: error => {
      store.break(error);
      (options.onError ?? options.onCancel)(error);
    },
  });
  return {
    show: event => store.show(event),
    answer: (_question, signal) => store.answer(signal),
    demonstrate: raw => typeAnswer(store, raw, options.pace),
    cancelled: cancellation.signal,
    close: closeScreen,
  };
}

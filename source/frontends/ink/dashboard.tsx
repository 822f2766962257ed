import type { FrontEnd } from '../../flow/flow.ts';
import type { Act, Board, BoardProfile } from './dashboard/board.ts';
import { DashboardApp } from './dashboard/dashboard-app.tsx';
import { DashboardStore } from './dashboard/dashboard-store.ts';
import type { Notice, Page } from './dashboard/state.ts';
import { selectedProfile } from './dashboard/state.ts';
import { openFullScreen, type Terminal } from './full-screen.tsx';
import { Store } from './store.ts';

export interface DashboardOptions extends Terminal {
  /** What can be done with a profile, the keys included. */
  readonly actsFor: (profile: BoardProfile | undefined) => readonly Act[];
  /** The person wants a command carried out: what is behind `castkeys`. */
  readonly onStart: (words: readonly string[]) => void;
  /** The person wants everything measured now. */
  readonly onMeasure: () => void;
  /** The person wants to leave. */
  readonly onLeave: () => void;
  /** Ctrl+C, or the keyboard is gone. */
  readonly onInterrupt: () => void;
  /** The screen can't be drawn any more. */
  readonly onBroken: (error: Error) => void;
}

export interface DashboardSession {
  readonly show: (board: Board) => void;
  /** The profile that is looked at. */
  readonly selected: () => string | undefined;
  /** A command begins: the board makes room for it, until `end`. */
  readonly begin: (command: string) => void;
  /** A wizard on this screen, for the command that has begun. */
  readonly openFlow: () => { readonly frontEnd: FrontEnd; readonly close: () => Promise<void> };
  /** The command that had begun is over, and leaves a notice, or something to read. */
  readonly end: (left: { readonly notice?: Notice; readonly page?: Omit<Page, 'from'> }) => void;
  /** Gives the terminal back as it was; resolves when everything is written. */
  readonly close: () => Promise<void>;
}

/** Takes the terminal for the dashboard, until it is closed. Wizards are played on the same screen. */
export function openDashboard(options: DashboardOptions): DashboardSession {
  let flow: Store | undefined;
  const store = new DashboardStore(options.actsFor, wish => {
    switch (wish.type) {
      case 'start':
        return options.onStart(wish.words);
      case 'measure':
        return options.onMeasure();
      case 'leave':
        return options.onLeave();
    }
  });
  const close = openFullScreen({
    ...options,
    content: <DashboardApp store={store} />,
    onKeys: keys => store.press(keys),
    onInterrupt: () => {
      flow?.cancel();
      options.onInterrupt();
    },
    onBroken: error => {
      flow?.break(error);
      options.onBroken(error);
    },
  });
  return {
    show: board => store.show(board),
    selected: () => selectedProfile(store.state())?.name,
    begin: command => store.begin(command),
    openFlow: () => {
      const opened = new Store(() => performance.now());
      flow = opened;
      store.play(opened);
      return {
        frontEnd: { show: event => opened.show(event), answer: (_question, signal) => opened.answer(signal) },
        close: async () => {
          flow = undefined;
          store.play(undefined);
        },
      };
    },
    end: ({ notice, page }) =>
      store.end({ ...(notice ? { notice } : {}), ...(page ? { page: { ...page, from: 0 } } : {}) }),
    close,
  };
}

import type { Key } from '../keys.ts';
import type { Store } from '../store.ts';
import type { Act, Board, BoardProfile } from './board.ts';
import { press } from './press.ts';
import type { Wish } from './pressed.ts';
import { type DashboardState, emptyState, type Notice, type Page, selectedProfile } from './state.ts';

/** The dashboard's state, outside React: keys act at once and in order, and React only watches. */
export class DashboardStore {
  #state: DashboardState = emptyState;
  readonly #watchers = new Set<() => void>();
  readonly #actsFor: (profile: BoardProfile | undefined) => readonly Act[];
  readonly #onWish: (wish: Wish) => void;

  constructor(actsFor: (profile: BoardProfile | undefined) => readonly Act[], onWish: (wish: Wish) => void) {
    this.#actsFor = actsFor;
    this.#onWish = onWish;
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly state = (): DashboardState => this.#state;

  /** What can be done with the profile that is looked at. */
  readonly acts = (): readonly Act[] => this.#actsFor(selectedProfile(this.#state));

  show(board: Board): void {
    if (board !== this.#state.board) this.#become({ ...this.#state, board });
  }

  press(keys: readonly Key[]): void {
    for (const key of keys) {
      const { flow } = this.#state;
      if (flow && !this.#state.page) {
        flow.press([key]);
        continue;
      }
      const pressed = press(this.#state, key, this.acts());
      this.#become(pressed.state);
      if (pressed.wish) this.#onWish(pressed.wish);
    }
  }

  /** A command begins; until it has ended, what is typed reaches only the questions it asks. */
  begin(command: string): void {
    const { notice: _, ...state } = this.#state;
    this.#become({ ...state, running: command });
  }

  /** The wizard of the command that is being carried out takes the screen, or gives it back. */
  play(flow: Store | undefined): void {
    const { flow: _, ...state } = this.#state;
    this.#become(flow ? { ...state, flow } : state);
  }

  /** The command has ended, and leaves a notice, something to read, or nothing. */
  end(left: { readonly notice?: Notice; readonly page?: Page }): void {
    const { running: _, flow: __, ...state } = this.#state;
    this.#become({ ...state, ...left });
  }

  #become(state: DashboardState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}

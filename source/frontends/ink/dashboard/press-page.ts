import { actionOf, type Key } from '../keys.ts';
import { pageKeys } from './dashboard-keys.ts';
import type { Pressed } from './pressed.ts';
import type { DashboardState, Page } from './state.ts';

/** A key while a page is read. */
export function pressPage(state: DashboardState, page: Page, key: Key): Pressed {
  const last = Math.max(0, page.lines.length - 1);
  const scrolledTo = (from: number): Pressed => ({
    state: { ...state, page: { ...page, from: Math.min(last, Math.max(0, from)) } },
  });
  switch (actionOf(pageKeys, key)) {
    case 'up':
      return scrolledTo(page.from - 1);
    case 'down':
      return scrolledTo(page.from + 1);
    case 'first':
      return scrolledTo(0);
    case 'last':
      return scrolledTo(last);
    case 'back': {
      const { page: _, ...rest } = state;
      return { state: rest };
    }
    case undefined:
      return { state };
  }
}

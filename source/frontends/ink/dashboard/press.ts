import { actionOf, type Key } from '../keys.ts';
import type { Act } from './board.ts';
import { everywhereKeys } from './dashboard-keys.ts';
import { pressPage } from './press-page.ts';
import { openPalette, pressPalette, startOneOf } from './press-palette.ts';
import { pressBoard, pressProfile } from './press-place.ts';
import { type Pressed, withoutOverlay } from './pressed.ts';
import type { DashboardState } from './state.ts';

/** What a key does to the dashboard. `acts` are those on offer for the profile that is looked at. Pure. */
export function press(before: DashboardState, key: Key, acts: readonly Act[]): Pressed {
  const { notice: _, ...state } = before;
  if (state.page) return pressPage(state, state.page, key);
  // A command is on its way: what is typed meanwhile is for nobody.
  if (state.running !== undefined) return { state: before };
  if (state.overlay?.kind === 'help') return { state: withoutOverlay(state) };
  if (state.overlay?.kind === 'palette') return pressPalette(state, state.overlay, key, acts);
  const meant = key.type === 'character' ? acts.filter(act => act.key === key.text) : [];
  if (meant.length > 0) return startOneOf(state, meant);
  switch (actionOf(everywhereKeys, key)) {
    case 'measure':
      return { state, wish: { type: 'measure' } };
    case 'palette':
      return { state: { ...state, overlay: openPalette } };
    case 'help':
      return { state: { ...state, overlay: { kind: 'help' } } };
    case 'leave':
      return { state, wish: { type: 'leave' } };
    case undefined:
      return state.place === 'board' ? pressBoard(state, key) : pressProfile(state, key);
  }
}

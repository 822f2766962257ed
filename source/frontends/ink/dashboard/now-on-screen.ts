import { type Shortcut, sessionKeys } from '../keys.ts';
import type { Act } from './board.ts';
import {
  boardKeys,
  everywhereKeys,
  movingKeys,
  pageKeys,
  paletteKeys,
  profileKeys,
} from './dashboard-keys.ts';
import { type DashboardState, selectedProfile } from './state.ts';

/** What the header says of where one is. */
export function titleNow(state: DashboardState): string {
  if (state.page || state.running !== undefined) return '';
  if (state.overlay?.kind === 'help') return 'Keys';
  if (state.overlay) return 'What to do';
  if (state.place === 'profile') return selectedProfile(state)?.name ?? '';
  const count = state.board.profiles.length;
  return count === 1 ? '1 profile' : `${count} profiles`;
}

/** The keys that do something right now, in the order the footer shows them. */
export function shortcutsNow(state: DashboardState, acts: readonly Act[]): readonly Shortcut[] {
  if (state.page) return pageKeys;
  if (state.running !== undefined) return sessionKeys;
  if (state.overlay?.kind === 'help') return [pageKeys[4]];
  if (state.overlay) return paletteKeys;
  const place = state.place === 'board' ? boardKeys : profileKeys;
  return [...movingKeys, ...place, ...actShortcuts(acts), ...everywhereKeys];
}

/** Each key once, and only where it has a short name to be called by. */
function actShortcuts(acts: readonly Act[]): readonly Shortcut[] {
  const byKey = new Map(acts.flatMap(act => (act.key && act.label ? [[act.key, act.label] as const] : [])));
  return [...byKey].map(([key, label]) => ({
    action: key,
    keys: [key],
    hint: { keys: key, label, isOptional: true },
  }));
}

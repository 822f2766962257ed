import { actionOf, type Key } from '../keys.ts';
import type { Act } from './board.ts';
import { paletteKeys } from './dashboard-keys.ts';
import { lookAt, type Pressed, withoutOverlay } from './pressed.ts';
import { type DashboardState, type Offer, offersOf, type Palette } from './state.ts';

export const openPalette: Palette = { kind: 'palette', typed: '', at: 0 };

/** No act is called longer. */
const longest = 60;

/** A key while the palette is open. Where it offers few, a digit starts one at once. */
export function pressPalette(
  state: DashboardState,
  palette: Palette,
  key: Key,
  acts: readonly Act[],
): Pressed {
  const offers = offersOf(state, acts, palette);
  const count = Math.max(1, offers.length);
  const become = (change: Partial<Palette>): Pressed => ({
    state: { ...state, overlay: { ...palette, ...change } },
  });
  switch (actionOf(paletteKeys, key)) {
    case 'up':
      return become({ at: (palette.at + count - 1) % count });
    case 'down':
      return become({ at: (palette.at + 1) % count });
    case 'start':
      return take(state, offers[palette.at]);
    case 'close':
      return { state: withoutOverlay(state) };
    case 'erase':
      return palette.typed === ''
        ? { state: withoutOverlay(state) }
        : become({ typed: palette.typed.slice(0, -1), at: 0 });
    case 'clear':
      return become({ typed: '', at: 0 });
    case undefined: {
      if (key.type !== 'character') return { state };
      const digit = palette.only === undefined ? -1 : '123456789'.indexOf(key.text);
      const offer = offers[digit];
      if (offer) return take(state, offer);
      return become({ typed: (palette.typed + key.text).slice(0, longest), at: 0 });
    }
  }
}

/** Starts the only act of a key, or lets the person choose among those that share it. */
export function startOneOf(state: DashboardState, acts: readonly Act[]): Pressed {
  const [first, ...others] = acts;
  if (!first) return { state };
  if (others.length === 0) return { state, wish: { type: 'start', words: first.words } };
  const only = first.key === undefined ? {} : { only: first.key };
  return { state: { ...state, overlay: { ...openPalette, ...only } } };
}

function take(state: DashboardState, offer: Offer | undefined): Pressed {
  if (!offer) return { state };
  const closed = withoutOverlay(state);
  return offer.kind === 'look'
    ? { state: lookAt(closed, offer.profile) }
    : { state: closed, wish: { type: 'start', words: offer.act.words } };
}

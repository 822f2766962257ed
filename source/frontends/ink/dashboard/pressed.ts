import type { DashboardState } from './state.ts';

/** What the person wants beyond another look. */
export type Wish =
  | { readonly type: 'start'; readonly words: readonly string[] }
  | { readonly type: 'measure' }
  | { readonly type: 'leave' };

/** The dashboard after a key. */
export interface Pressed {
  readonly state: DashboardState;
  readonly wish?: Wish;
}

/** Looks at another profile, from its most pressing check on. */
export function lookAt(state: DashboardState, name: string | undefined): DashboardState {
  const { check: _, ...rest } = state;
  return name === undefined ? rest : { ...rest, selected: name };
}

export function withoutOverlay({ overlay: _, ...state }: DashboardState): DashboardState {
  return state;
}

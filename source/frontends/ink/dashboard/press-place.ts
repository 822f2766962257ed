import type { CheckLine } from '../../../flow/flow.ts';
import { inOrder } from '../check-rows.ts';
import { actionOf, type Key } from '../keys.ts';
import { boardKeys, movingKeys, profileKeys } from './dashboard-keys.ts';
import { openPalette } from './press-palette.ts';
import { lookAt, type Pressed } from './pressed.ts';
import { type DashboardState, fixOf, mostPressingCheck, selectedCheck, selectedProfile } from './state.ts';

/** A key where all profiles are in sight. */
export function pressBoard(state: DashboardState, key: Key): Pressed {
  const { profiles } = state.board;
  const profile = selectedProfile(state);
  const moved = move(
    key,
    profiles.findIndex(({ name }) => name === profile?.name),
    profiles.length,
  );
  if (moved !== undefined) return { state: lookAt(state, profiles[moved]?.name) };
  switch (actionOf(boardKeys, key)) {
    case 'open':
      return { state: profile ? { ...state, place: 'profile' } : state };
    case 'fix':
      return mend(state, mostPressingCheck(profile?.checks ?? []));
    case 'find':
      return { state: { ...state, overlay: { ...openPalette, typed: 'look at ' } } };
    case undefined:
      return { state };
  }
}

/** A key where the checks of one profile are. */
export function pressProfile(state: DashboardState, key: Key): Pressed {
  const { profiles } = state.board;
  const profile = selectedProfile(state);
  const checks = inOrder(profile?.checks ?? []);
  const here = selectedCheck(state);
  const moved = move(
    key,
    checks.findIndex(({ id }) => id === here?.id),
    checks.length,
  );
  if (moved !== undefined) return { state: lookAtCheck(state, checks[moved]?.id) };
  switch (actionOf(profileKeys, key)) {
    case 'fix':
      return mend(state, here);
    case 'back':
      return { state: lookAtCheck({ ...state, place: 'board' }, undefined) };
    case 'next-profile': {
      const at = profiles.findIndex(({ name }) => name === profile?.name);
      return { state: lookAt(state, profiles[(at + 1) % profiles.length]?.name) };
    }
    case undefined:
      return { state };
  }
}

/** Starts the command that mends a check, or says what a person has to do. */
function mend(state: DashboardState, check: CheckLine | undefined): Pressed {
  const words = fixOf(check, selectedProfile(state)?.name);
  if (words) return { state, wish: { type: 'start', words } };
  const text = check?.fix ? `That one is yours to do: ${check.fix}` : 'There is nothing to mend here.';
  return { state: { ...state, notice: { tone: 'warning', text } } };
}

/** Where a key moves the pointer in a list, without going round. */
function move(key: Key, at: number, count: number): number | undefined {
  const last = Math.max(0, count - 1);
  switch (actionOf(movingKeys, key)) {
    case 'up':
      return Math.max(0, at - 1);
    case 'down':
      return Math.min(last, at + 1);
    case 'first':
      return 0;
    case 'last':
      return last;
    case undefined:
      return undefined;
  }
}

function lookAtCheck(state: DashboardState, id: string | undefined): DashboardState {
  const { check: _, ...rest } = state;
  return id === undefined ? rest : { ...rest, check: id };
}

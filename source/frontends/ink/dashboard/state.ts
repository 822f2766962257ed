import type { CheckLine } from '../../../flow/flow.ts';
import { everything, inOrder } from '../check-rows.ts';
import type { Store } from '../store.ts';
import type { Act, Board, BoardProfile } from './board.ts';

/** A list of acts to pick from; `only` those of one key. */
export interface Palette {
  readonly kind: 'palette';
  readonly typed: string;
  readonly at: number;
  readonly only?: string;
}

/** What a command printed, to be read. */
export interface Page {
  readonly title: string;
  readonly tone: 'plain' | 'danger';
  readonly lines: readonly string[];
  /** The first line that is shown. */
  readonly from: number;
}

export interface Notice {
  readonly tone: 'success' | 'warning' | 'danger';
  readonly text: string;
}

/** Everything the dashboard is drawn from. */
export interface DashboardState {
  readonly board: Board;
  /** The profile that is looked at. */
  readonly selected?: string;
  /** All profiles, or the checks of the one that is looked at. */
  readonly place: 'board' | 'profile';
  /** The check that is looked at, by its id. */
  readonly check?: string;
  readonly overlay?: Palette | { readonly kind: 'help' };
  /** A command is being carried out: its words. */
  readonly running?: string;
  /** The wizard that this command plays. */
  readonly flow?: Store;
  readonly page?: Page;
  readonly notice?: Notice;
}

export const emptyState: DashboardState = { board: { store: '', profiles: [] }, place: 'board' };

/** The profile that is looked at: until one is chosen, and where that is gone, the one that commands use. */
export function selectedProfile({ board, selected }: DashboardState): BoardProfile | undefined {
  const { profiles } = board;
  return (
    profiles.find(({ name }) => name === selected) ??
    profiles.find(({ usedBecause }) => usedBecause !== undefined) ??
    profiles[0]
  );
}

/** The check that is looked at: the most pressing one until another is chosen. */
export function selectedCheck(state: DashboardState): CheckLine | undefined {
  const { checks = [] } = selectedProfile(state) ?? {};
  return checks.find(({ id }) => id === state.check) ?? mostPressingCheck(checks);
}

/** What there is to act on first. */
export function mostPressingCheck(checks: readonly CheckLine[]): CheckLine | undefined {
  const rank = ({ state }: CheckLine) => everything.indexOf(state);
  return inOrder(checks).toSorted((a, b) => rank(a) - rank(b))[0];
}

/**
 * What mends a check, where that is a command of ours: the words behind `castkeys`, for this profile. Of several ways the
 * last one named counts, after what has to be done elsewhere.
 */
export function fixOf(
  check: CheckLine | undefined,
  profile: string | undefined,
): readonly string[] | undefined {
  const words = /(?:^|: |; |or )castkeys ([^;:]+)$/
    .exec(check?.fix ?? '')?.[1]
    ?.trim()
    .split(/\s+/);
  // What a person has to think about, as a NAME to put in or a shell to ask, is theirs to type.
  if (!words || words.some(word => !/^[a-z0-9@/.-]+$/.test(word))) return undefined;
  const isAboutAll = ['setup', 'doctor', 'use', 'profiles'].includes(words[0] ?? '');
  if (isAboutAll || words.includes('--profile') || profile === undefined) return words;
  return [...words, '--profile', profile];
}

/** A line of the palette: an act to start, or another profile to look at. */
export type Offer =
  | { readonly kind: 'act'; readonly act: Act }
  | { readonly kind: 'look'; readonly profile: string };

/** What the palette offers: whatever says everything that was typed. */
export function offersOf(
  { board }: DashboardState,
  acts: readonly Act[],
  { typed, only }: Palette,
): readonly Offer[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const says = (text: string) => wanted.every(word => text.toLowerCase().includes(word));
  if (only !== undefined)
    return acts
      .filter(act => act.key === only)
      .filter(act => says(saidOf(act)))
      .map(asOffer);
  return [
    ...acts.filter(act => says(saidOf(act))).map(asOffer),
    ...board.profiles
      .filter(({ name, environment }) => says(`look at ${name} ${environment}`))
      .map(({ name }): Offer => ({ kind: 'look', profile: name })),
  ];
}

const saidOf = ({ title, words }: Act): string => `${title} ${words.join(' ')}`;
const asOffer = (act: Act): Offer => ({ kind: 'act', act });

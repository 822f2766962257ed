import type { CheckLine } from '../../flow/flow.ts';
import type { Board, BoardProfile, Wait } from '../../frontends/ink/ink.tsx';
import { type Config, keyAge, type Policy, type Profile, roles } from '../../profiles/profiles.ts';
import { type Journal, reportOf } from '../../rotation/rotation.ts';
import { unmeasured } from '../measure.ts';

/** What was measured of a profile. */
export interface Measured {
  readonly checks: readonly CheckLine[];
  /** ISO 8601, UTC; absent while the first measurement goes on. */
  readonly at?: string;
}

export interface BoardSources {
  readonly config: Config;
  readonly store: string;
  /** The profile that commands use here, and why. */
  readonly used: { readonly name: string; readonly because: string } | undefined;
  readonly policyOf: (name: string, profile: Profile) => Policy;
  readonly measuredOf: (name: string) => Measured | undefined;
  /** Rotations that are not finished. */
  readonly unfinished: readonly Journal[];
  readonly now: Date;
}

/** Makes boards on which a profile that has not changed is the very object it was, so that only the others are drawn anew. */
export function boardMaker(): (sources: BoardSources) => Board {
  const made = new Map<string, { readonly from: readonly unknown[]; readonly profile: BoardProfile }>();
  let board: Board | undefined;
  return sources => {
    const { config, store, used, policyOf, measuredOf, now } = sources;
    const profiles = Object.entries(config.profiles).map(([name, profile]) => {
      // Whoever waits wants to see time pass.
      const waits = waitingIn(sources.unfinished, name, profile);
      const moment = Math.floor(now.getTime() / (waits.length > 0 ? 1000 : 60_000));
      const because = used?.name === name ? used.because : undefined;
      const from = [config, because, policyOf(name, profile).maxAgeDays, measuredOf(name), moment, ...waits];
      const before = made.get(name);
      if (before?.from.every((part, at) => part === from[at])) return before.profile;
      const after = boardProfile(sources, name, profile);
      made.set(name, { from, profile: after });
      return after;
    });
    const isSame = board?.store === store && sameItems(board.profiles, profiles);
    if (!board || !isSame) board = { store, profiles };
    return board;
  };
}

const sameItems = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((item, at) => item === other[at]);

function boardProfile(sources: BoardSources, name: string, profile: Profile): BoardProfile {
  const { config, used, policyOf, measuredOf, now } = sources;
  const { maxAgeDays } = policyOf(name, profile);
  const { checks, at } = measuredOf(name) ?? { checks: unmeasured };
  const { environment, region, organization } = profile;
  return {
    name,
    environment,
    region,
    practice: region === 'practice',
    ...(organization ? { organization: organization.name ?? organization.id } : {}),
    ...(used?.name === name ? { usedBecause: used.because } : {}),
    keys: roles.flatMap(role => {
      const credential = config.credentials[profile.slots[role] ?? ''];
      return credential ? [{ role, ...keyAge(credential, maxAgeDays, now) }] : [];
    }),
    checks,
    ...(at === undefined ? {} : { measuredAt: at }),
    waits: waitsOf(sources, name, profile),
  };
}

/** The unfinished rotations of a profile's keys, the admin key that it shares included. */
function waitingIn(
  unfinished: readonly Journal[],
  name: string,
  { origin, organization }: Profile,
): readonly Journal[] {
  return unfinished.filter(({ place }) =>
    place.kind === 'slot'
      ? place.profile === name
      : place.origin === origin && place.organizationId === organization?.id,
  );
}

function waitsOf({ unfinished, config, now }: BoardSources, name: string, profile: Profile): readonly Wait[] {
  return waitingIn(unfinished, name, profile).map(journal => {
    const { role, phase, waiting } = reportOf(journal, config);
    const until = waiting?.until;
    return {
      role,
      phase,
      ...(waiting ? { words: waiting.words } : {}),
      ...(until === undefined ? {} : { left: timeLeft(until, now) }),
    };
  });
}

/** How long until a time (ISO 8601), in its two largest units. */
export function timeLeft(until: string, now: Date): string {
  const seconds = Math.ceil((Date.parse(until) - now.getTime()) / 1000);
  const whole = (unit: number) => Math.floor(seconds / unit);
  if (seconds >= 86_400) return `${whole(86_400)} d ${whole(3600) % 24} h`;
  if (seconds >= 3600) return `${whole(3600)} h ${whole(60) % 60} min`;
  if (seconds >= 60) return `${whole(60)} min ${seconds % 60} s`;
  return `${Math.max(0, seconds)} s`;
}

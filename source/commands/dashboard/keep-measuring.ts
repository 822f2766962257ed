import { setTimeout as delay } from 'node:timers/promises';
import { asCastkeysError, CastkeysError } from '../../errors.ts';
import type { DashboardSession } from '../../frontends/ink/ink.tsx';
import {
  type ChosenProfile,
  type Config,
  chooseProfile,
  type Policy,
  policyInForce,
} from '../../profiles/profiles.ts';
import { type Journal, unfinished } from '../../rotation/rotation.ts';
import type { Call } from '../command.ts';
import { asLine, measureProfile, unmeasured } from '../measure.ts';
import { refuseOtherOrigin } from '../role-option.ts';
import type { Session } from '../session.ts';
import { chosenByWords } from '../status-words.ts';
import { boardMaker, type Measured } from './board.ts';
import { liveConfig } from './live-config.ts';
import { nextInTurn } from './turns.ts';

/** Between two looks at the settings and the clock, in ms. */
const lookEvery = 250;

/** Between two looks at the files beside them, in ms. */
const lookAroundEvery = 2000;

/** Between two boards while results come in, in ms: each is drawn, and a person's keys come first. */
const showEvery = 100;

/** Between the starts of two measurements, in ms, but for the profile that is looked at. */
const startEvery = 300;

/** How many profiles are measured at once: where one's region does not answer, the others must not wait for it. */
const atOnce = 3;

export interface MeasuringOptions {
  readonly call: Call;
  readonly session: Session;
  readonly screen: DashboardSession;
  /** Aborted when the dashboard is left. */
  readonly signal: AbortSignal;
  /** While a command is carried out, it alone talks to the keychain. */
  readonly isPaused: () => boolean;
}

/**
 * Shows the board, and measures one profile after the other, until the dashboard is left. `again` has all of them
 * measured anew.
 */
export function keepMeasuring(options: MeasuringOptions): {
  readonly ended: Promise<void>;
  readonly again: () => void;
} {
  const { call, session, screen, signal } = options;
  const config = liveConfig(call.home);
  const measured = new Map<string, Measured>();
  const turns = new Map<string, number>();

  const boardOf = boardMaker();
  const policies = new Map<string, Policy>();
  let used: ReturnType<typeof usedHere>;
  let rotations: readonly Journal[] = [];

  /** Looks at what other programs may have changed: a `.castkeys.json`, rotations. */
  const lookAround = (current: Config) => {
    used = usedHere(call, current);
    rotations = unfinishedRotations(call.home);
    for (const [name, profile] of Object.entries(current.profiles))
      policies.set(name, policyInForce(call, { name, profile }).policy);
  };
  const show = (current: Config) =>
    screen.show(
      boardOf({
        config: current,
        store: session.install.usesFile() ? 'encrypted file' : 'keychain',
        used,
        policyOf: (name, profile) => policies.get(name) ?? profile.policy,
        measuredOf: name => measured.get(name),
        unfinished: rotations,
        now: call.clock(),
      }),
    );

  let isShowDue = false;
  const showSoon = () => {
    if (isShowDue) return;
    isShowDue = true;
    setTimeout(() => {
      isShowDue = false;
      const current = config();
      if (current && !signal.aborted) show(current);
    }, showEvery);
  };

  const measure = async (current: Config, name: string) => {
    const profile = current.profiles[name];
    if (!profile) return;
    const before = measured.get(name)?.checks ?? unmeasured;
    let checks = before;
    try {
      refuseOtherOrigin(call.env, { name, profile });
      const report = await measureProfile(call, session, {
        chosen: { name, profile, chosenBy: 'flag' },
        config: current,
        onResult: result => {
          const line = asLine(result);
          const isNews = checks.some(check => check.id === line.id && check.state !== line.state);
          checks = checks.map(check => (check.id === line.id ? line : check));
          if (!isNews || signal.aborted) return;
          measured.set(name, { ...measured.get(name), checks });
          showSoon();
        },
      });
      measured.set(name, { checks: report.checks.map(asLine), at: report.measuredAt });
    } catch (thrown) {
      const { message, next } = asCastkeysError(thrown);
      const nothing = { state: 'unknown', evidence: message, fix: next } as const;
      measured.set(name, {
        checks: unmeasured.map(check => ({ ...check, ...nothing })),
        at: call.clock().toISOString(),
      });
    }
  };

  const underWay = new Map<string, Promise<void>>();
  let last: string | undefined;
  let startedAt = Number.NEGATIVE_INFINITY;
  /** Has the next in turn measured, where there is one. */
  const begin = (current: Config): boolean => {
    if (options.isPaused() || underWay.size >= atOnce) return false;
    const next = nextInTurn({
      names: Object.keys(current.profiles).filter(name => !underWay.has(name)),
      selected: screen.selected(),
      last,
      measuredAt: name => turns.get(name),
      now: performance.now(),
    });
    if (next === undefined) return false;
    if (next !== screen.selected() && performance.now() - startedAt < startEvery) return false;
    startedAt = performance.now();
    last = next;
    const ended = measure(current, next).then(() => {
      turns.set(next, performance.now());
      underWay.delete(next);
    });
    underWay.set(next, ended);
    return true;
  };

  const go = async () => {
    let lookedAt = Number.NEGATIVE_INFINITY;
    let known: Config | undefined;
    while (!signal.aborted) {
      const current = config();
      if (current) {
        if (current !== known || performance.now() - lookedAt > lookAroundEvery) {
          lookAround(current);
          lookedAt = performance.now();
        }
        known = current;
        show(current);
        while (begin(current));
      }
      await Promise.race([...underWay.values(), delay(lookEvery, undefined, { signal })]).catch(() => {});
    }
    await Promise.allSettled(underWay.values());
  };
  return { ended: go(), again: () => turns.clear() };
}

/** The profile that commands use in this directory; undefined where that can't be told without asking. */
function usedHere(
  call: Call,
  config: Config,
): { readonly name: string; readonly because: string } | undefined {
  try {
    const { name, chosenBy }: ChosenProfile = chooseProfile({
      home: call.home,
      config,
      env: call.env,
      cwd: call.cwd,
      flag: call.flags.text('profile'),
    });
    return { name, because: `used here, by ${chosenByWords[chosenBy]}` };
  } catch (thrown) {
    if (thrown instanceof CastkeysError) return undefined;
    throw thrown;
  }
}

/** A journal that can't be read is told of by whoever goes on with it. */
function unfinishedRotations(home: Call['home']): readonly Journal[] {
  try {
    return unfinished(home);
  } catch (thrown) {
    if (thrown instanceof CastkeysError) return [];
    throw thrown;
  }
}

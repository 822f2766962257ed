/** One rotation through a number of kills and disasters, and then in peace to its end. */
import { setTimeout as delay } from 'node:timers/promises';
import type { BehaviourChange } from '../../../source/practice/behaviour.ts';
import type { CrashSite, Standing } from './crash-site.ts';
import type { Random } from './random.ts';

export interface Story {
  /** The words of the first run; a kill may come before anything is written down, so they are also those of each that follows. */
  readonly words: readonly string[];
  /** The points at which one run after the other is killed. */
  readonly kills: readonly number[];
  readonly behaviour: BehaviourChange;
  /** The keyring daemon is killed, or locked, while the first run is on. ms after its start. */
  readonly keyring?: { readonly how: 'killed' | 'locked'; readonly after: number };
  readonly ending: 'resume' | 'rollback';
}

export interface Told extends Standing {
  readonly kills: number;
  readonly resumes: number;
  /** Of the last run, which has to be 0. */
  readonly exitCode: number | null;
}

const healed: BehaviourChange = {
  failures: [],
  newKeyVisibleAfterMs: 0,
  listLagMs: 0,
  disabledEffectiveAfterMs: 0,
  deletedEffectiveAfterMs: 0,
};

export async function tell(site: CrashSite, story: Story): Promise<Told> {
  const { machine } = site;
  const { control } = machine.practice;
  control.behave({ ...healed, ...story.behaviour });
  let kills = 0;
  let resumes = -1;
  const trouble = story.keyring ? troubleKeyring(site, story.keyring) : undefined;
  for (const killAt of story.kills) {
    const { wasKilled } = await site.runUntil(killAt, story.words);
    resumes += 1;
    if (wasKilled) kills += 1;
  }
  await trouble;
  control.behave(healed);
  const last = await finish(site, story);
  return { kills, resumes: resumes + last.runs, exitCode: last.exitCode, ...(await site.standing()) };
}

async function troubleKeyring(
  { machine }: CrashSite,
  { how, after }: NonNullable<Story['keyring']>,
): Promise<void> {
  await delay(after);
  if (how === 'killed') await machine.keyring.kill();
  else await machine.keyring.lock();
  await delay(500);
  await machine.keyring.restart();
}

/** What was given up before anything was written down leaves nothing to go on with, and nothing to roll back. */
async function finish({ machine }: CrashSite, { ending }: Story) {
  let runs = 0;
  if (ending === 'rollback') {
    runs += 1;
    const back = await machine.run(['rotate', '--rollback', '--json']);
    if (back.exitCode === 0) return { runs, exitCode: 0 };
  }
  const resumed = await machine.run(['rotate', '--resume', '--json']);
  return { runs: runs + 1, exitCode: resumed.exitCode };
}

const failing = ['rateLimited', 'serverError', 'dropBefore', 'dropAfter', 'truncated', 'slow'] as const;

/** A story by chance; the same chance, the same story. `points`: about how many a whole run has. */
export function anyStory(random: Random, points: number): Story {
  const isRough = random.next() < 0.4;
  const isEmergency = random.next() < 0.2;
  const keyring =
    random.next() < 0.08
      ? { how: random.of(['killed', 'locked'] as const), after: random.between(200, 1500) }
      : undefined;
  return {
    words: ['rotate', '--yes', '--json', ...(isEmergency ? ['--emergency'] : ['--drain', '0s'])],
    kills: Array.from({ length: random.between(3, 6) }, () => random.between(1, points)),
    behaviour: isRough ? rough(random) : {},
    ...(keyring ? { keyring } : {}),
    ending: random.next() < 0.15 ? 'rollback' : 'resume',
  };
}

function rough(random: Random): BehaviourChange {
  const failures = Array.from({ length: random.between(0, 2) }, () => {
    const target = {
      method: random.of(['GET', 'POST', 'PATCH', 'DELETE']),
      path: '/v1/organizations/*',
      skip: random.between(0, 6),
      times: random.between(1, 2),
    };
    const kind = random.of(failing);
    if (kind === 'slow') return { ...target, kind, ms: 400 };
    return kind === 'rateLimited' ? { ...target, kind, retryAfterSeconds: 1 } : { ...target, kind };
  });
  return {
    failures,
    newKeyVisibleAfterMs: random.of([0, 0, 300]),
    listLagMs: random.of([0, 0, 500]),
    disabledEffectiveAfterMs: random.of([0, 0, 300]),
  };
}

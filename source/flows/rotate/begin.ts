/** A new rotation: everything is looked at, said and agreed to before anything is changed. */
import { CastkeysError } from '../../errors.ts';
import { ask, type Flow, keep, note, type StepContext, step } from '../../flow/flow.ts';
import {
  type Journal,
  type OldKey,
  openWorld,
  type Preflight,
  placeWords,
  preflight,
  reportOf,
} from '../../rotation/rotation.ts';
import { apiOf } from './api-of.ts';
import { type RotationAsked, usualWait } from './asked.ts';
import { writeJournal } from './change-journal.ts';
import { identifyOld } from './identify-old.ts';
import { leaveToTerraform } from './not-terraforms.ts';
import { sayPlan } from './plan.ts';
import { startQuestion } from './questions.ts';
import { moveToPolicy } from './to-policy.ts';
import { agreeToConsumers } from './trust.ts';

/** Comes to the journal of the rotation that was begun; undefined where there was nothing to do. */
export function* begin(asked: RotationAsked): Flow<Journal | undefined> {
  const { place, mode, profile, way } = asked;
  if (mode === 'resume') {
    yield* note(`No rotation of ${placeWords(place)} is unfinished. Nothing was started.`);
    return undefined;
  }
  if (mode === 'rollback') throw nothingToRollBack(asked);
  const old = yield* identifyOld(asked);
  yield* leaveToTerraform(asked, old);
  yield* agreeToConsumers(asked);
  const found = yield* step(lookAtEverything(asked, old));
  for (const { what, evidence, isDoubtful } of found.findings) {
    yield* note(`${what}: ${evidence}`, isDoubtful ? 'warning' : 'info');
  }
  if (asked.toPolicy)
    yield* note(
      `The new key goes to a service account of its own, with what the policy allows: ${profile.policy.scopes.join(', ')}.`,
    );
  else
    yield* note(`The new key has the same owner, ${old.owner.name ?? old.owner.id}, and so the same rights.`);
  yield* sayPlan(asked, found.journal, found.old?.name);
  if (mode !== 'emergency' && way === 'api') yield* note(quietWords);
  if (mode === 'plan') return undefined;
  if (!(yield* ask(startQuestion(found.journal, profile.environment === 'production'))))
    throw notStarted(asked);
  const owner = asked.toPolicy ? yield* moveToPolicy(asked) : found.journal.owner;
  const now = asked.install.clock().toISOString();
  const started = { startedAt: now, ...(mode === 'emergency' ? { emergencySince: now } : {}) };
  const journal = yield* step(writeJournal(asked, { ...found.journal, ...started, owner }));
  yield* keep();
  return journal;
}

const quietWords =
  'What a quiet window can not show: a job that runs more rarely than it lasts, and a use that Cast AI notes late or not at all. Disabling can be taken back; deleting can not.';

const lookAtEverything = (asked: RotationAsked, old: OldKey) => ({
  id: 'rotate.preflight',
  title: 'Look at everything before anything is changed',
  readOnly: true,
  run: async ({ signal, progress }: StepContext): Promise<Preflight> => {
    const { install, place, mode, way, profile } = asked;
    const world = openWorld({
      install,
      place,
      at: apiOf(asked),
      consumers: asked.openConsumers(asked.cwd),
      signal,
    });
    const isEmergency = mode === 'emergency';
    const found = await preflight(
      install,
      world,
      old,
      {
        place,
        way,
        isEmergency,
        drain: asked.drain ?? (isEmergency ? 0 : usualWait),
        keepDisabled: asked.keepDisabled ?? (isEmergency || asked.drain === 0 ? 0 : usualWait),
        ...(profile.policy.expiresInDays === undefined
          ? {}
          : { expiresInDays: profile.policy.expiresInDays }),
      },
      progress,
    );
    asked.onReport(reportOf(found.journal, install.config()));
    return found;
  },
  summary: ({ findings }: Preflight) => `${findings.length} looked at, nothing changed`,
});

function nothingToRollBack({ place }: RotationAsked): CastkeysError {
  return new CastkeysError(
    'failed',
    `No rotation of ${placeWords(place)} is unfinished, and a key that was deleted can't come back. Nothing was changed.`,
    'castkeys rotate makes a new key',
  );
}

function notStarted({ place }: RotationAsked): CastkeysError {
  return new CastkeysError(
    'cancelled',
    `The ${placeWords(place)} key was not rotated. Nothing was changed.`,
    'castkeys rotate --plan shows what would happen; --yes starts without a question',
  );
}

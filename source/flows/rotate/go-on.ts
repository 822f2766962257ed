/** An unfinished rotation is gone on with, whatever was asked for: two at once would leave three keys. */
import { hostname } from 'node:os';
import { CastkeysError } from '../../errors.ts';
import { ask, type Flow, note, step } from '../../flow/flow.ts';
import { type Journal, phaseOf, placeWords } from '../../rotation/rotation.ts';
import type { RotationAsked } from './asked.ts';
import { changeJournal } from './change-journal.ts';
import { sayPlan } from './plan.ts';
import { goOnQuestion, leakedQuestion } from './questions.ts';

/** Older than this a person is asked whether it is still wanted. ms. */
const stale = 7 * 24 * 60 * 60 * 1000;

/** Comes to the journal to go on with; undefined where only the plan was wanted. */
export function* goOn(asked: RotationAsked, journal: Journal): Flow<Journal | undefined> {
  const { install, mode } = asked;
  const phase = phaseOf(journal, install.config());
  yield* note(
    `The rotation ${journal.id} of ${placeWords(journal.place)}, begun at ${journal.startedAt}, is unfinished (${phase}).`,
    'warning',
  );
  if (mode === 'plan') {
    yield* sayPlan(asked, journal);
    return undefined;
  }
  if (needsConsent(asked, journal) && !(yield* ask(goOnQuestion(journal)))) throw leftAlone(journal);
  const change = yield* changeWanted(asked);
  return yield* step(changeJournal(asked, journal.id, change));
}

/** Its owner may no longer want it: begun long ago, or on another machine. Going on by name is consent. */
function needsConsent({ install, mode }: RotationAsked, { updatedAt, host }: Journal): boolean {
  if (mode !== 'rotate') return false;
  return install.clock().getTime() - Date.parse(updatedAt) > stale || host !== hostname();
}

function* changeWanted(asked: RotationAsked): Flow<Partial<Journal>> {
  const { mode, drain, keepDisabled } = asked;
  const durations = {
    ...(drain === undefined ? {} : { drain }),
    ...(keepDisabled === undefined ? {} : { keepDisabled }),
  };
  if (mode === 'rollback') return { goal: 'rollback' };
  if (mode !== 'emergency') return durations;
  const leaked = yield* ask(leakedQuestion());
  const emergencySince = asked.install.clock().toISOString();
  return { isEmergency: true, emergencySince, goal: 'forward', leaked, drain: 0, keepDisabled: 0 };
}

function leftAlone({ startedAt }: Journal): CastkeysError {
  return new CastkeysError(
    'cancelled',
    `The rotation begun at ${startedAt} was left as it is. Both keys are untouched.`,
    'castkeys rotate --resume goes on with it; castkeys rotate --rollback takes it back',
  );
}

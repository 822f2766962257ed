/** The rotation engine: look, decide, do one thing, look again. Killed at any instant, the same loop goes on from what it sees. */
export type { Action, Decision, Wait } from './action.ts';
export { storeGivenKey } from './create-key.ts';
export { decide } from './decide.ts';
export { type Due, dueNow } from './due.ts';
export { parseDuration, sayDuration } from './duration.ts';
export {
  currentAttempt,
  isSamePlace,
  type Journal,
  placeWords,
  type RotationOwner,
  secondsToDead,
} from './journal.ts';
export { readJournal, readJournals, saveJournal, unfinished, unfinishedAt } from './journal-files.ts';
export type { KeySeen } from './keeper.ts';
export { observe } from './observe.ts';
export type { Observed } from './observed.ts';
export { openWorld, type WorldOptions } from './open-world.ts';
export { perform } from './perform.ts';
export { planWords } from './plan-words.ts';
export { type OldKey, type Preflight, preflight } from './preflight.ts';
export { phaseOf, type RotationReport, reportOf } from './report.ts';
export { forgetOld } from './retire-key.ts';
export { type HeldPlace, holdPlace } from './slot-lock.ts';
export { mayLeaveKeys, sweep } from './sweep.ts';
export { endOf, waitWords } from './wait-words.ts';
export { saved, type World } from './world.ts';

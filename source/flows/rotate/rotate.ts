/** The rotation story: look at everything, agree, then one provable step after the other; started again, it goes on. */
import { badge, type Flow, note, step } from '../../flow/flow.ts';
import { holdPlace, type Journal, placeWords, reportOf, unfinishedAt } from '../../rotation/rotation.ts';
import type { Rotated, RotationAsked } from './asked.ts';
import { begin } from './begin.ts';
import { goOn } from './go-on.ts';
import { reconcile } from './reconcile.ts';
import { sweepUp } from './sweep-up.ts';

export type { Rotated, RotationAsked } from './asked.ts';
export { rotateQuestions } from './questions.ts';

export function* rotate(asked: RotationAsked): Flow<Rotated> {
  const { profileName, profile } = asked;
  yield* badge({
    profile: profileName,
    environment: profile.environment,
    region: profile.region,
    practice: profile.region === 'practice',
  });
  if (asked.mode !== 'plan') yield* step(hold(asked));
  yield* step({ id: 'reach', title: 'Look for the API', readOnly: true, isQuiet: true, run: asked.reach });
  const unfinished = yield* step(lookForUnfinished(asked));
  if (!unfinished && asked.mode !== 'plan') yield* sweepUp(asked);
  const journal = unfinished ? yield* goOn(asked, unfinished) : yield* begin(asked);
  if (!journal) return { ending: 'nothing' };
  const rotated = yield* reconcile(asked, journal);
  const isNextWanted = asked.mode === 'emergency' && rotated.ending === 'deleted' && unfinished !== undefined;
  if (!isNextWanted || journal.leaked === 'old') return rotated;
  yield* note(`Now the ${placeWords(asked.place)} key that was in use.`);
  const next = yield* begin(asked);
  return next ? yield* reconcile(asked, next) : rotated;
}

const hold = ({ install, place, onHold }: RotationAsked) => ({
  id: 'rotate.hold',
  title: `See that nobody else rotates ${placeWords(place)}`,
  readOnly: true,
  isQuiet: true,
  run: async () => onHold(await holdPlace(install.home, place, install.clock())),
});

const lookForUnfinished = ({ install, place, onReport }: RotationAsked) => ({
  id: 'rotate.look-for-unfinished',
  title: 'Look for an unfinished rotation',
  readOnly: true,
  isQuiet: true,
  run: (): Journal | undefined => {
    const journal = unfinishedAt(install.home, place);
    if (journal) onReport(reportOf(journal, install.config()));
    return journal;
  },
});

/** Look, decide, do one thing, look again: until it is over, or there is a named reason to wait. */
import { type Flow, keep, note, type StepContext, step, timeline } from '../../flow/flow.ts';
import {
  type Action,
  type Decision,
  decide,
  type Journal,
  type Observed,
  observe,
  perform,
  placeWords,
  reportOf,
  saved,
  secondsToDead,
} from '../../rotation/rotation.ts';
import type { Rotated, RotationAsked } from './asked.ts';
import { audited, enterEnd } from './audited.ts';
import { timelineOf } from './timeline-of.ts';
import { titleOf, touchedBy } from './titles.ts';
import { WaitingRoom } from './waiting-room.ts';
import { worldOf } from './world-of.ts';

interface Looked {
  readonly seen: Observed;
  readonly decision: Decision;
}

export function* reconcile(asked: RotationAsked, { id }: Journal): Flow<Rotated> {
  const room = new WaitingRoom(asked, id);
  const failures = new Map<string, string>();
  for (;;) {
    const { seen, decision } = yield* step(look(asked, id, failures));
    yield* timeline(timelineOf(seen, decision));
    switch (decision.type) {
      case 'done':
        yield* step(end(asked, seen.journal, decision.ending));
        yield* note(endWords(asked, seen.journal, decision.ending), 'success');
        return { ending: decision.ending };
      case 'act':
        yield* step(act(asked, id, decision.action, failures));
        yield* keep();
        break;
      case 'wait':
        if ((yield* room.wait(decision.wait, seen, failures)) === 'leave') return { ending: 'unfinished' };
    }
  }
}

const look = (asked: RotationAsked, id: string, failures: Map<string, string>) => ({
  id: 'rotate.look',
  title: 'Look how far it is',
  readOnly: true,
  isQuiet: true,
  run: async ({ signal }: StepContext): Promise<Looked> => {
    const world = worldOf(asked, failures, signal);
    const journal = world.load(id);
    const seen = await observe(world, journal);
    asked.onReport(reportOf(journal, world.config()));
    return { seen, decision: decide(seen) };
  },
});

const act = (asked: RotationAsked, id: string, action: Action, failures: Map<string, string>) => ({
  id: `rotate.${action.type}`,
  title: titleOf(action, { place: asked.place }),
  touches: touchedBy(action),
  run: async ({ signal, progress }: StepContext): Promise<string> => {
    const world = worldOf(asked, failures, signal);
    const before = world.load(id);
    const after = await audited(asked, before, action, () => perform(world, before, action, progress));
    asked.onReport(reportOf(after, world.config()));
    return whatCame(action, before, after, failures);
  },
  summary: (said: string) => said,
});

/** The proof that it added, else nothing: the title has said it all. */
function whatCame(action: Action, before: Journal, after: Journal, failures: Map<string, string>): string {
  if (action.type === 'deliver') {
    const failed = failures.get(action.consumer);
    return failed ? `it failed: ${failed}` : (after.deliveries[action.consumer]?.evidence ?? '');
  }
  const known = new Set(before.proofs.map(({ at, phase }) => `${phase} ${at}`));
  return after.proofs.find(({ at, phase }) => !known.has(`${phase} ${at}`))?.evidence ?? '';
}

const end = (asked: RotationAsked, journal: Journal, ending: 'deleted' | 'rolled-back') => ({
  id: 'rotate.end',
  title: 'Write down that it is over',
  isQuiet: true,
  touches: ['old-keys', 'key-age'],
  run: async () => {
    const world = worldOf(asked, new Map());
    const { waiting: _, ...rest } = world.load(journal.id);
    const now = world.clock().toISOString();
    const ended = rest.ending ? rest : await saved(world, { ...rest, ending, endedAt: now });
    const report = reportOf(ended, world.config());
    await enterEnd(asked, report);
    asked.onReport(report);
  },
});

function endWords({ place }: RotationAsked, journal: Journal, ending: 'deleted' | 'rolled-back'): string {
  if (ending === 'rolled-back')
    return `The old key of ${placeWords(place)} is the current one again, and works.`;
  const took = journal.isEmergency
    ? ` It was refused ${secondsToDead(journal)?.toFixed(1)} s after the start.`
    : '';
  return `The ${placeWords(place)} key is rotated: the new one is in use and proven, the old one is gone.${took}`;
}

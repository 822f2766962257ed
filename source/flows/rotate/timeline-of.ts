import type { Timeline, TimelineColumn, TimelinePhase } from '../../flow/flow.ts';
import {
  currentAttempt,
  type Decision,
  endOf,
  type Journal,
  type KeySeen,
  type Observed,
  waitWords,
} from '../../rotation/rotation.ts';

type Row = Pick<TimelinePhase, 'id' | 'title'> & {
  /** The actions that make it true. */
  readonly by: readonly string[];
  /** The waits that hold it up. */
  readonly heldBy: readonly string[];
};

const making: readonly Row[] = [
  {
    id: 'stored',
    title: 'new key made and stored',
    by: ['create', 'give-up-attempt', 'delete-orphan', 'register'],
    heldBy: ['settling', 'keychain', 'person:make-key'],
  },
  { id: 'proven', title: 'new key proven', by: ['prove'], heldBy: [] },
  { id: 'promoted', title: 'switched to the new key', by: ['promote'], heldBy: ['stuck'] },
  { id: 'delivered', title: 'consumers have it', by: ['deliver'], heldBy: ['delivery-failed'] },
];
const draining: Row = {
  id: 'draining',
  title: 'old key no longer used',
  by: [],
  heldBy: ['draining', 'old-key-in-use', 'runs-hold-old-key', 'clock-skew', 'unknown'],
};
const off: readonly Row[] = [
  { id: 'disabled', title: 'old key switched off', by: ['disable-old'], heldBy: ['person:disable-old'] },
  { id: 'dead', title: 'old key refused (401)', by: ['prove-dead'], heldBy: [] },
];
const deleted: Row = {
  id: 'deleted',
  title: 'old key deleted',
  by: ['delete-old', 'forget-old'],
  heldBy: ['soaking', 'person:delete-old'],
};
const back: readonly Row[] = [
  {
    id: 'old-key-back',
    title: 'old key works again',
    by: ['enable-old', 'prove-old'],
    heldBy: ['stuck', 'unknown', 'keychain'],
  },
  { id: 'old-key-current', title: 'switched back to it', by: ['point-back'], heldBy: [] },
  { id: 'redelivered', title: 'consumers have it again', by: ['deliver'], heldBy: ['delivery-failed'] },
  {
    id: 'rolled-back',
    title: 'new key removed',
    by: ['delete-new', 'forget-new'],
    heldBy: ['runs-hold-new-key', 'settling', 'person:delete-new'],
  },
];

function rowsOf({ journal, consumers }: Observed): readonly Row[] {
  if (journal.goal === 'rollback')
    return back.filter(({ id }) => id !== 'redelivered' || consumers.length > 0);
  const made = making.filter(({ id }) => id !== 'delivered' || consumers.length > 0);
  if (!journal.isEmergency) return [...made, draining, ...off, deleted];
  return journal.place.kind === 'slot' && journal.way === 'api'
    ? [...off, ...made, deleted]
    : [...made, ...off, deleted];
}

/** A rotation as the screen shows it: the rows fill as they become true. Pure. */
export function timelineOf(seen: Observed, decision: Decision): Timeline {
  const rows = rowsOf(seen);
  const at = indexOf(rows, decision);
  const wait = decision.type === 'wait' ? decision.wait : undefined;
  const until = wait && endOf(wait);
  return {
    phases: rows.map(({ id, title }, index) => ({
      id,
      title,
      ...stateAt(seen.journal, id, index, at, decision),
    })),
    columns: columnsOf(seen),
    ...(wait
      ? {
          waiting: {
            words: waitWords(wait, seen.now),
            ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
          },
        }
      : {}),
    leaves: leavesWords(seen, decision),
  };
}

/** The row that is worked on, or held up; all of them where it is over. */
function indexOf(rows: readonly Row[], decision: Decision): number {
  if (decision.type === 'done') return rows.length;
  const found =
    decision.type === 'act'
      ? rows.findIndex(({ by }) => by.includes(decision.action.type))
      : rows.findIndex(({ heldBy }) => heldBy.includes(waitKey(decision.wait)));
  return Math.max(0, found);
}

const waitKey = (wait: Extract<Decision, { type: 'wait' }>['wait']): string =>
  wait.reason === 'person' ? `person:${wait.what}` : wait.reason;

function stateAt({ proofs }: Journal, id: string, index: number, at: number, decision: Decision) {
  const proof = proofs.findLast(({ phase }) => phase === id);
  if (index > at) return { state: 'ahead' as const };
  if (index < at) return { state: 'done' as const, ...(proof ? { detail: proof.evidence } : {}) };
  if (decision.type !== 'wait') return { state: 'now' as const };
  return {
    state:
      decision.wait.reason === 'stuck' || decision.wait.reason === 'delivery-failed'
        ? ('failed' as const)
        : ('waiting' as const),
  };
}

function columnsOf({ journal, old, attempts }: Observed): readonly TimelineColumn[] {
  const attempt = currentAttempt(journal);
  const seen = attempts.find(({ attempt: one }) => one.credentialId === attempt?.credentialId);
  const oldKey = old.listed.state === 'seen' ? old.listed.value : undefined;
  const newKey = seen?.listed.state === 'seen' ? seen.listed.value : undefined;
  return [
    {
      title: 'old key',
      facts: facts(
        oldKey,
        journal.old.name === undefined && journal.old.keyId === undefined
          ? {}
          : { ...journal.old, id: journal.old.keyId },
        old.listed.state === 'absent' ? 'deleted' : undefined,
      ),
    },
    {
      title: 'new key',
      facts: facts(newKey, {
        name: attempt?.name,
        id: attempt?.keyId,
        createdAt: attempt?.createdAt,
        expiresAt: attempt?.expiresAt,
      }),
    },
  ];
}

interface Known {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly createdAt?: string | undefined;
  readonly expiresAt?: string | undefined;
}

/** Never the value. */
function facts(key: KeySeen | undefined, known: Known, gone?: string): TimelineColumn['facts'] {
  const none = '–';
  const { createdAt = known.createdAt, expiresAt = known.expiresAt, lastUsedAt } = key ?? {};
  return [
    { label: 'name', value: key?.name || known.name || none },
    { label: 'id', value: key?.id ?? known.id ?? none },
    { label: 'state', value: gone ?? (key ? (key.isActive ? 'on' : 'off') : none) },
    { label: 'created', value: createdAt?.slice(0, 10) ?? none },
    { label: 'expires', value: expiresAt?.slice(0, 10) ?? (key ? 'never' : none) },
    {
      label: 'last used',
      value: timeIn(lastUsedAt) ?? (key ? 'not yet' : none),
    },
  ];
}

/** In UTC, to the minute and without the year: two of them have to fit beside each other. */
const timeIn = (iso: string | undefined): string | undefined => iso?.slice(5, 16).replace('T', ' ');

function leavesWords({ journal, pointer, attempts, old }: Observed, decision: Decision): string {
  const goOn = 'castkeys rotate --resume goes on from there';
  if (decision.type === 'done') return 'nothing';
  if (journal.attempts.length === 0) return 'everything as it is';
  const isOff = old.listed.state === 'seen' && !old.listed.value.isActive;
  if (pointer === 'new') {
    return isOff
      ? `the new key in use, the old one off; ${goOn}, --rollback brings the old one back`
      : `the new key in use, and the old one working; ${goOn}`;
  }
  const isStored = attempts.some(({ value }) => value.state === 'seen');
  const inUse = isOff ? 'the leaked key off' : 'the old key in use';
  return isStored ? `${inUse}, and a new one in the keychain; ${goOn}` : `${inUse}; ${goOn}`;
}

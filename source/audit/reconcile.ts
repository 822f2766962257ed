/** Cast AI's own audit log beside ours: keys that were made, used or removed elsewhere, and what an owner really did. */
import type { Entry } from './entry.ts';

/** What is needed of an entry of Cast AI's feed (section 5.1 of the API facts). */
export interface FeedEvent {
  readonly eventType: string;
  readonly time: string;
  readonly initiatedBy?: { readonly id?: string; readonly name?: string; readonly email?: string };
  readonly event?: Readonly<Record<string, unknown>>;
  readonly operation?: { readonly text?: string };
}

export interface OwnerOfSlot {
  readonly role: string;
  readonly ownerId: string;
}

export interface KeyEvent {
  readonly time: string;
  readonly what: string;
  readonly by: string;
  /** The seq of our entry of the same key; absent for what castkeys did not do. */
  readonly ours?: number;
}

export interface Reconciled {
  readonly events: number;
  readonly keyEvents: readonly KeyEvent[];
  /** By filled slot: what its owner did, as far as the feed shows. */
  readonly owners: readonly {
    readonly role: string;
    readonly changes: number;
    readonly kinds: readonly string[];
    readonly smallest: 'Viewer' | 'Member' | 'Owner';
  }[];
}

const aboutKeys = /key|token|service.?account/i;
const ownersAlone = /key|token|service.?account|role.?binding|group|user|organization|webhook/i;
const looking = /\b(?:read|get|list|view|call|used?)\b|\.(?:read|list|viewed|used|called)$/i;

/** `entries`: ours of the same period. An owner may act with other keys and in the console, too: then this is what all of it took. */
export function reconcile(
  feed: readonly FeedEvent[],
  entries: readonly Entry[],
  owners: readonly OwnerOfSlot[],
): Reconciled {
  const ours = keyIdsIn(entries);
  return {
    events: feed.length,
    keyEvents: feed.filter(({ eventType }) => aboutKeys.test(eventType)).map(event => keyEvent(event, ours)),
    owners: owners.map(({ role, ownerId }) => {
      const own = feed.filter(
        ({ initiatedBy, eventType }) => initiatedBy?.id === ownerId && !looking.test(eventType),
      );
      const kinds = [...new Set(own.map(({ eventType }) => eventType))].toSorted();
      return { role, changes: own.length, kinds, smallest: smallestFor(kinds) };
    }),
  };
}

function keyEvent(
  { eventType, time, initiatedBy, event, operation }: FeedEvent,
  ours: ReadonlyMap<string, number>,
): KeyEvent {
  const ids = idsIn(event);
  const seq = ids.map(id => ours.get(id)).find(found => found !== undefined);
  return {
    time,
    what: operation?.text || eventType,
    by: initiatedBy?.email || initiatedBy?.name || initiatedBy?.id || 'not told',
    ...(seq === undefined ? {} : { ours: seq }),
  };
}

function smallestFor(kinds: readonly string[]): 'Viewer' | 'Member' | 'Owner' {
  if (kinds.length === 0) return 'Viewer';
  return kinds.some(kind => ownersAlone.test(kind)) ? 'Owner' : 'Member';
}

/** Cast AI's ids of keys that our entries name, and the latest entry of each. */
function keyIdsIn(entries: readonly Entry[]): ReadonlyMap<string, number> {
  return new Map(
    entries.flatMap(({ seq, metadata }) =>
      [metadata['keyId'], metadata['oldKeyId'], metadata['newKeyId']].flatMap(id =>
        typeof id === 'string' ? [[id, seq] as const] : [],
      ),
    ),
  );
}

function idsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(idsIn);
}

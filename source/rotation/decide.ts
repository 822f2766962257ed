import type { Action, Decision, Wait } from './action.ts';
import { deliverTo } from './decide-delivery.ts';
import { retireOld } from './decide-retirement.ts';
import { decideRollback } from './decide-rollback.ts';
import { currentAttempt } from './journal.ts';
import { listLag, mostAttempts, stateLag } from './limits.ts';
import type { AttemptSeen, Observed } from './observed.ts';
import { untold } from './untold.ts';

/**
 * The next action of a rotation, from what is seen. Pure. From any state it leads to the end, or waits with a reason;
 * outside an emergency the place never points to a key that isn't proven, and nothing is revoked on "unknown".
 */
export function decide(seen: Observed): Decision {
  const { journal } = seen;
  if (journal.ending) return { type: 'done', ending: journal.ending };
  const orphan = decideOrphans(seen);
  if (orphan) return orphan;
  if (journal.goal === 'rollback') return decideRollback(seen);
  if (seen.pointer === 'other') return wait(slotChanged);
  if (cutsFirst(seen)) {
    const cut = retireOld(seen, { upTo: 'dead' });
    if (cut) return cut;
  }
  return (
    decideNewKey(seen) ??
    decideDelivery(seen) ??
    retireOld(seen, { upTo: 'deleted' }) ??
    act({ type: 'forget-old' })
  );
}

/** A leaked key goes first; but not before there is another admin credential, which it takes to go on. */
const cutsFirst = ({ journal }: Observed): boolean =>
  journal.isEmergency && journal.place.kind === 'slot' && journal.way === 'api';

/** Keys that were given up go, whenever they show up; and a value of one that the keychain had taken all the same. */
function decideOrphans({ attempts }: Observed): Decision | undefined {
  for (const { attempt, listed, value } of attempts) {
    const { credentialId, givenUpAt } = attempt;
    if (givenUpAt === undefined) continue;
    if (listed.state === 'seen') return act({ type: 'delete-orphan', credentialId, keyId: listed.value.id });
    if (value.state === 'seen') return act({ type: 'forget-new', credentialId });
  }
  return undefined;
}

function decideNewKey(seen: Observed): Decision | undefined {
  const { journal, pointer } = seen;
  const attempt = currentAttempt(journal);
  const current = seen.attempts.find(({ attempt: one }) => one.credentialId === attempt?.credentialId);
  if (!current) return decideAttempt(seen);
  if (current.value.state === 'unknown') return wait(untold('keychain', current.value));
  if (current.value.state === 'absent') return decideLostValue(seen, current);
  if (wasDeleted(seen, current))
    return act({ type: 'give-up-attempt', credentialId: current.attempt.credentialId });
  if (!current.isRegistered) return act({ type: 'register' });
  if (journal.provenAt === undefined) return act({ type: 'prove' });
  return pointer === 'old' ? act({ type: 'promote' }) : undefined;
}

/** Storing it failed, so it was deleted again, and the keychain had taken it all the same. A new one may not show at once. */
function wasDeleted({ journal, now, pointer }: Observed, { attempt, listed }: AttemptSeen): boolean {
  if (journal.way === 'manual' || journal.provenAt !== undefined || pointer === 'new') return false;
  return listed.state === 'absent' && now - Date.parse(attempt.begunAt) >= stateLag;
}

function decideAttempt({ journal }: Observed): Decision {
  if (journal.way === 'manual') return wait({ reason: 'person', what: 'make-key' });
  if (journal.attempts.length < mostAttempts) return act({ type: 'create' });
  return wait({
    reason: 'stuck',
    words: `${mostAttempts} attempts at a new key came to nothing`,
    next: 'castkeys rotate --rollback, then castkeys doctor',
  });
}

/** Nobody has the value: the key is of no use to anyone. Whether it was made at all takes more than one look. */
function decideLostValue({ journal, now, pointer }: Observed, { attempt, listed }: AttemptSeen): Decision {
  const { credentialId, keyId } = attempt;
  if (pointer === 'new') return wait(valueGone);
  if (journal.way === 'manual') return act({ type: 'give-up-attempt', credentialId });
  if (listed.state === 'seen') return act({ type: 'delete-orphan', credentialId, keyId: listed.value.id });
  if (listed.state === 'unknown') return wait(untold('unknown', listed));
  const isSettled = keyId !== undefined || now - Date.parse(attempt.begunAt) >= listLag;
  if (isSettled) return act({ type: 'give-up-attempt', credentialId });
  return wait({ reason: 'settling', words: 'whether the answer that got lost made a key' });
}

function decideDelivery({ journal, consumers }: Observed): Decision | undefined {
  const attempt = currentAttempt(journal);
  return deliverTo(consumers, attempt?.credentialId, 'new');
}

const act = (action: Action): Decision => ({ type: 'act', action });
const wait = (reason: Wait): Decision => ({ type: 'wait', wait: reason });

const slotChanged: Wait = {
  reason: 'stuck',
  words: 'the place points to a third key: somebody stored another one meanwhile',
  next: 'castkeys keys list; then castkeys rotate --rollback, which leaves that one alone',
};

const valueGone: Wait = {
  reason: 'stuck',
  words: 'the new key is in use, but somebody removed its value from the keychain',
  next: 'castkeys rotate --rollback brings the old key back',
};

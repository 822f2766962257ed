import type { Action, Decision, Wait } from './action.ts';
import { deliverTo } from './decide-delivery.ts';
import { listLag } from './limits.ts';
import type { AttemptSeen, Observed } from './observed.ts';
import { untold } from './untold.ts';

/**
 * The way back, until the old key is deleted: on again, proven, pointed to, delivered; and only then the new one goes.
 * Pure. Before anything was switched there is nothing to bring back, and what was made goes.
 */
export function decideRollback(seen: Observed): Decision {
  const { journal, pointer, consumers } = seen;
  const back = decideOldKey(seen);
  if (back) return back;
  if (pointer === 'new') return act({ type: 'point-back' });
  const delivered = consumers.filter(({ has }) => has !== undefined);
  const redelivered = deliverTo(delivered, journal.old.credentialId, 'old');
  if (redelivered) return redelivered;
  if (seen.holdersOfNew.length > 0) return wait({ reason: 'runs-hold-new-key', runs: seen.holdersOfNew });
  for (const attempt of seen.attempts) {
    const next = removal(seen, attempt);
    if (next) return next;
  }
  return { type: 'done', ending: 'rolled-back' };
}

/** Whether it has to be switched on is seen; that it works is proven, once, before anything points to it again. */
function decideOldKey({ journal, old, pointer, isBlind }: Observed): Decision | undefined {
  const isUntouched = pointer !== 'new' && journal.disabledAt === undefined && !journal.isEmergency;
  if (isUntouched) return undefined;
  if (old.value.state === 'absent') return wait(oldValueGone);
  if (old.value.state === 'unknown') return wait(untold('keychain', old.value));
  if (!isBlind) {
    if (old.listed.state === 'absent') return wait(oldKeyGone);
    if (old.listed.state === 'unknown') return wait(untold('unknown', old.listed));
    if (!old.listed.value.isActive) return act({ type: 'enable-old' });
  }
  const isProven = journal.proofs.some(({ phase }) => phase === 'old-key-back');
  return isProven ? undefined : act({ type: 'prove-old' });
}

/** What is left of one attempt: the key at Cast AI first, then what castkeys has of it. */
function removal({ journal, isBlind, now }: Observed, seen: AttemptSeen): Decision | undefined {
  const { attempt, listed, value, isRegistered } = seen;
  const { credentialId } = attempt;
  if (journal.way === 'api' && !isBlind) {
    if (listed.state === 'unknown') return wait(untold('unknown', listed));
    if (listed.state === 'seen') return act({ type: 'delete-new', credentialId, keyId: listed.value.id });
    const mayShowUp = attempt.keyId === undefined && attempt.givenUpAt === undefined;
    if (mayShowUp && now - Date.parse(attempt.begunAt) < listLag)
      return wait({ reason: 'settling', words: 'whether the answer that got lost made a key' });
  } else if (value.state !== 'absent' && attempt.givenUpAt === undefined) {
    return wait({ reason: 'person', what: 'delete-new' });
  }
  if (value.state === 'unknown') return wait(untold('keychain', value));
  if (value.state === 'seen' || isRegistered) return act({ type: 'forget-new', credentialId });
  return undefined;
}

const act = (action: Action): Decision => ({ type: 'act', action });
const wait = (reason: Wait): Decision => ({ type: 'wait', wait: reason });

const oldKeyGone: Wait = {
  reason: 'stuck',
  words: 'the old key was deleted at Cast AI: it can not come back',
  next: 'castkeys rotate --resume goes on with the new one',
  isOneWay: true,
};

const oldValueGone: Wait = {
  reason: 'stuck',
  words: 'somebody removed the value of the old key from the keychain: it can not come back',
  next: 'castkeys rotate --resume goes on with the new one',
  isOneWay: true,
};

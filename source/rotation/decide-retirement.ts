import type { Decision, Wait } from './action.ts';
import { lagOfUses, mostSkew, stateLag } from './limits.ts';
import type { Observed } from './observed.ts';
import { untold } from './untold.ts';

/**
 * What comes next for the old key: drain, disable, see it dead, soak, delete. Undefined: it is that far. Pure.
 * `upTo: 'dead'` is the leaked key's way, before anything else is done.
 */
export function retireOld(
  seen: Observed,
  { upTo }: { readonly upTo: 'dead' | 'deleted' },
): Decision | undefined {
  const { journal, old } = seen;
  if (seen.isBlind) return retireBlindly(seen, upTo);
  if (old.listed.state === 'unknown') return wait(untold('unknown', old.listed));
  if (old.listed.state === 'absent') return journal.deadAt === undefined ? act('prove-dead') : undefined;
  const isOff = !old.listed.value.isActive || wasDisabledJustNow(seen);
  if (!isOff) return mayDisable(seen) ?? inHands(seen, 'disable-old');
  if (journal.deadAt === undefined) return act('prove-dead');
  if (upTo === 'dead') return undefined;
  return soak(seen) ?? inHands(seen, 'delete-old');
}

/** Done by castkeys, or by the person; what the person says is looked at again. */
const inHands = ({ journal }: Observed, what: 'disable-old' | 'delete-old'): Decision =>
  journal.way === 'api' ? act(what) : wait({ reason: 'person', what });

/** Lists lag: active says nothing just after we disabled it. Later, somebody needed it and brought it back. */
function wasDisabledJustNow({ journal, now }: Observed): boolean {
  return journal.disabledAt !== undefined && now - Date.parse(journal.disabledAt) < stateLag;
}

/** What holds the old key back from being disabled; nothing does in an emergency. */
function mayDisable(seen: Observed): Decision | undefined {
  const { journal, newWorks, holdersOfOld } = seen;
  const isAdminOwn = journal.place.kind === 'admin';
  if (journal.isEmergency && !isAdminOwn) return undefined;
  if (newWorks === 'no') return wait(newKeyRefused);
  if (newWorks !== 'yes')
    return wait({
      reason: 'unknown',
      words: 'Whether the new key works right now could not be asked.',
      code: 'unreachable',
    });
  if (journal.isEmergency) return undefined;
  if (holdersOfOld.length > 0) return wait({ reason: 'runs-hold-old-key', runs: holdersOfOld });
  return drain(seen) ?? clock(seen);
}

const newKeyRefused: Wait = {
  reason: 'stuck',
  words: 'the new key is refused now: the old one stays on',
  next: 'castkeys rotate --rollback',
};

/** Over when nobody was seen to use it for as long as the person wants, and for as long as uses may take to show. */
function drain({ journal, now, skew = 0, old, promotedAt, consumers }: Observed): Decision | undefined {
  const { drain: wanted } = journal;
  if (wanted === 0 || old.listed.state !== 'seen') return undefined;
  const delivered = consumers
    .map(({ id }) => Date.parse(journal.deliveries[id]?.at ?? ''))
    .filter(Number.isFinite);
  const since = Math.max(promotedAt ?? now, ...delivered);
  const { lastUsedAt } = old.listed.value;
  const lastUse = lastUsedAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(lastUsedAt) + skew;
  const until = Math.max(since + wanted, lastUse + wanted + lagOfUses(wanted));
  if (now >= until) return undefined;
  if (lastUsedAt !== undefined && lastUse > since)
    return wait({ reason: 'old-key-in-use', until, lastUsedAt });
  return wait({ reason: 'draining', until, ...(lastUsedAt === undefined ? {} : { lastUsedAt }) });
}

/** Disabled and seen dead, it is kept so for a while: disabling can be taken back, deleting can't. */
function soak(seen: Observed): Decision | undefined {
  const { journal, now } = seen;
  if (journal.isEmergency) return undefined;
  const until = Date.parse(journal.disabledAt ?? journal.deadAt ?? '') + journal.keepDisabled;
  if (now < until) return wait({ reason: 'soaking', until });
  return clock(seen);
}

function clock({ journal, skew }: Observed): Decision | undefined {
  if (journal.isEmergency || skew === undefined || Math.abs(skew) <= mostSkew) return undefined;
  return wait({ reason: 'clock-skew', skew });
}

/** Only the person sees the list and has the switches: castkeys checks what it is told by trying the old key. */
function retireBlindly(seen: Observed, upTo: 'dead' | 'deleted'): Decision | undefined {
  const { journal, now, promotedAt, holdersOfOld } = seen;
  if (journal.deadAt === undefined) {
    const until = (promotedAt ?? now) + journal.drain;
    if (!journal.isEmergency && holdersOfOld.length > 0)
      return wait({ reason: 'runs-hold-old-key', runs: holdersOfOld });
    if (!journal.isEmergency && now < until) return wait({ reason: 'draining', until });
    return wait({ reason: 'person', what: 'disable-old' });
  }
  return upTo === 'dead' ? undefined : (soak(seen) ?? wait({ reason: 'person', what: 'delete-old' }));
}

type Plain = 'disable-old' | 'prove-dead' | 'delete-old';
const act = (type: Plain): Decision => ({ type: 'act', action: { type } });
const wait = (reason: Wait): Decision => ({ type: 'wait', wait: reason });

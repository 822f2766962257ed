import type { Run } from '../runs/runs.ts';
import type { Wait } from './action.ts';
import { sayDuration } from './duration.ts';
import { mostSkew } from './limits.ts';

/** Until when a wait lasts at least; undefined where that is not the clock's to say. */
export const endOf = (wait: Wait): number | undefined => ('until' in wait ? wait.until : undefined);

/** What is waited for, in words. Pure; `now` in ms. */
export function waitWords(wait: Wait, now: number): string {
  const left = (until: number) => sayDuration(until - now);
  switch (wait.reason) {
    case 'settling':
      return wait.words;
    case 'draining':
      return `the old key drains: ${left(wait.until)} more without a use${wait.lastUsedAt ? ` (last used ${shortTime(wait.lastUsedAt)})` : ''}`;
    case 'old-key-in-use':
      return `somebody used the old key again, at ${shortTime(wait.lastUsedAt)}: it stays on, for ${left(wait.until)} at least`;
    case 'soaking':
      return `the old key is off, and kept so for ${left(wait.until)} more: until then castkeys rotate --rollback brings it back`;
    case 'runs-hold-old-key':
      return `${runsWords(wait.runs)} still ${wait.runs.length === 1 ? 'has' : 'have'} the old key`;
    case 'runs-hold-new-key':
      return `${runsWords(wait.runs)} still ${wait.runs.length === 1 ? 'has' : 'have'} the new key`;
    case 'delivery-failed':
      return `${wait.consumer} does not have the new key, so the old one stays on. ${wait.words}`;
    case 'unknown':
      return wait.words;
    case 'clock-skew':
      return `this machine's clock is ${sayDuration(Math.abs(wait.skew))} ${wait.skew > 0 ? 'ahead of' : 'behind'} Cast AI's; beyond ${sayDuration(mostSkew)} nothing is revoked by the time`;
    case 'keychain':
      return wait.words;
    case 'person':
      return personWords[wait.what];
    case 'stuck':
      return wait.words;
  }
}

const personWords = {
  'make-key': 'a new key, made in the Cast AI console',
  'disable-old': 'the old key is still on: switch it off in the Cast AI console',
  'delete-old': 'the old key is off: delete it in the Cast AI console',
  'enable-old': 'the old key is off: switch it on again in the Cast AI console',
  'delete-new': 'the new key is no longer needed: delete it in the Cast AI console',
} as const;

function runsWords(runs: readonly Run[]): string {
  const [first, ...others] = runs;
  if (!first) return 'nobody';
  const one = `${first.kind === 'broker' ? 'a broker' : (first.program ?? 'a command')} (process ${first.pid}, since ${shortTime(first.since)})`;
  return others.length === 0 ? one : `${one} and ${others.length} more started with castkeys run`;
}

/** A time in UTC, to the minute. */
export const shortTime = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

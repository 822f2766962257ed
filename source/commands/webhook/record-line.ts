import { type RelayRecord, refusals } from '../../webhooks/webhooks.ts';

const words: Readonly<Record<string, string>> = {
  ...refusals,
  forwarded: 'forwarded',
  'target-down': 'the target is down; it may be sent again',
  'target-slow': 'the target took too long; it may be sent again',
  'target-reset': 'the target broke off; it may be sent again',
  'answer-cut-off': "forwarded, but the target's answer was cut off or too large",
  'no-webhook': 'no POST',
};

/** One request in one line, without secrets and without anything of its body but a proven id. */
export function recordLine(
  { outcome, status, ms, id, isPreviousSecret }: RelayRecord,
  at: Date,
  json: boolean,
): string {
  const time = at.toISOString();
  const rounded = Math.round(ms * 10) / 10;
  if (json)
    return JSON.stringify({
      at: time,
      outcome,
      status,
      ms: rounded,
      ...(id ? { id } : {}),
      ...(isPreviousSecret ? { secret: 'previous' } : {}),
    });
  const old = isPreviousSecret ? ', proven with the previous secret' : '';
  return `${time}  ${status}  ${String(rounded).padStart(7)} ms  ${id ?? '-'}  ${words[outcome] ?? outcome}${old}`;
}

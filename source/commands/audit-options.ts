import type { EntryFilter, Result } from '../audit/audit.ts';
import { CastkeysError } from '../errors.ts';
import { parseDuration } from '../rotation/rotation.ts';
import type { Call, Option } from './command.ts';

/** Which entries a call is about. */
export const filterOptions = {
  action: { type: 'string', value: 'ACTION', help: 'this action, or all that begin so: key, key.handed' },
  resource: { type: 'string', value: 'TEXT', help: 'with this in what it was done to: production/reader' },
  user: { type: 'string', value: 'TEXT', help: 'with this in who did it' },
  result: { type: 'string', value: 'RESULT', help: 'success, failure or pending' },
  since: { type: 'string', value: 'TIME', help: 'not before: 2026-06-01, or 7d for the last seven days' },
  until: { type: 'string', value: 'TIME', help: 'not after' },
} as const satisfies Readonly<Record<string, Option>>;

const results: readonly Result[] = ['success', 'failure', 'pending'];

/** @throws CastkeysError `usage` naming the option. */
export function filterOf({ flags, clock }: Call): EntryFilter {
  const text = (name: 'action' | 'resource' | 'user') => {
    const value = flags.text(name);
    return value === undefined ? {} : { [name]: value };
  };
  const time = (name: 'since' | 'until') => {
    const typed = flags.text(name);
    return typed === undefined ? {} : { [name]: timeOf(typed, name, clock()) };
  };
  const given = flags.text('result');
  const result = results.find(known => known === given);
  if (given !== undefined && result === undefined)
    throw new CastkeysError('usage', 'There is no such result.', '--result success|failure|pending');
  const profile = flags.text('profile');
  return {
    ...(profile === undefined ? {} : { resource: `:${profile}` }),
    ...text('action'),
    ...text('resource'),
    ...text('user'),
    ...(result ? { result } : {}),
    ...time('since'),
    ...time('until'),
  };
}

/** A day begins at its midnight UTC, and ends with it. */
function timeOf(typed: string, name: 'since' | 'until', now: Date): Date {
  if (/^\d+\s*[smhd]$/.test(typed)) return new Date(now.getTime() - parseDuration(typed, `--${name}`));
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(typed);
  const at = Date.parse(isDay && name === 'until' ? `${typed}T23:59:59.999Z` : typed);
  if (!Number.isNaN(at)) return new Date(at);
  throw new CastkeysError('usage', `--${name} takes a time.`, `--${name} 2026-06-01, or --${name} 7d`);
}

import { type Coverage, coverageOf, type Finding as Leak } from '../../leaks/leaks.ts';
import type { Check, Finding } from '../check.ts';

const hour = 60 * 60 * 1000;
/** A scan is recent for a week; where objects came since, for a day. */
const recent = { unchanged: 7 * 24 * hour, changed: 24 * hour } as const;

export const leaks: Check = {
  id: 'leaks',
  title: 'No key is in git history',
  standsFor: '.env files are in .gitignore',
  needs: [],
  async measure({ cwd, env, home, config, clock, signal }) {
    const place = { cwd, env, ...(signal ? { signal } : {}) };
    return judgeCoverage(await coverageOf(place, { home, config }), clock());
  },
};

function judgeCoverage(coverage: Coverage, now: Date): Finding {
  if (coverage.state === 'no-repository')
    return { state: 'skip', evidence: 'this directory is in no git repository' };
  const found = foundIn(coverage);
  if (found) return found;
  const fix = 'castkeys scan --history';
  if (coverage.state === 'partial')
    return { state: 'unknown', evidence: 'no scan has looked through all objects here yet', fix };
  const { at, objects, hasNew, hasNewKey, unreadable } = coverage;
  const count = objects.toLocaleString('en-US');
  if (unreadable > 0) {
    return {
      state: 'unknown',
      evidence: `git could not give ${unreadable} of ${objects + unreadable} objects`,
      fix: 'git fsck',
    };
  }
  if (hasNewKey) return { state: 'warn', evidence: 'a key was stored since the last scan', fix };
  const age = now.getTime() - Date.parse(at);
  const since = hasNew ? '; more came since' : '';
  if (age > (hasNew ? recent.changed : recent.unchanged))
    return { state: 'warn', evidence: `the last scan was ${days(age)} ago${since}`, fix };
  return { state: 'pass', evidence: `none in all ${count} objects, ${timeAgo(age)}${since}` };
}

/** A key that nothing opens with any more is no danger; it stays in history until that is rewritten. */
function foundIn({ findings }: Exclude<Coverage, { state: 'no-repository' }>): Finding | undefined {
  const dangerous = findings.filter(({ gone }) => !gone);
  const [first] = dangerous;
  if (first) {
    const keys = new Set(dangerous.map(({ content }) => content)).size;
    const places = dangerous.length === 1 ? '1 place' : `${dangerous.length} places`;
    const whose = keys === 1 ? (nameOf(first) ?? 'a key of unknown owner') : `${keys} keys`;
    return { state: 'fail', evidence: `${whose} in ${places}`, fix: first.next };
  }
  if (findings.length === 0) return undefined;
  return {
    state: 'warn',
    evidence: `history still holds ${findings.length === 1 ? 'a key' : `keys in ${findings.length} places`}; nothing opens with ${findings.length === 1 ? 'it' : 'them'} any more`,
    fix: findings[0]?.next ?? 'castkeys scan',
  };
}

function nameOf({ kind, profile, role }: Leak): string | undefined {
  if (kind !== 'own-key') return undefined;
  return `the ${[profile, role].filter(Boolean).join(' ') || 'own'} key`;
}

const days = (ms: number): string => {
  const count = Math.floor(ms / (24 * hour));
  return count === 1 ? '1 day' : `${count} days`;
};

function timeAgo(ms: number): string {
  if (ms < hour) return 'within the hour';
  return ms < 24 * hour ? `${Math.floor(ms / hour)} h ago` : `${days(ms)} ago`;
}

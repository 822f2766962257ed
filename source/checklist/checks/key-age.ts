import type { Check, Finding, Slot } from '../check.ts';

const day = 24 * 60 * 60 * 1000;
/** Days before the expiry, or the policy's limit, at which a check begins to warn. */
const notice = 14;
/** Of a limit that is itself short, a quarter: else no key could ever be young enough. */
const noticeOf = (maxAgeDays: number) => Math.min(notice, maxAgeDays / 4);

export const keyAge: Check = {
  id: 'key-age',
  title: 'Keys are young enough',
  standsFor: 'keys are rotated regularly',
  needs: [],
  async measure({ slots, profile, clock }) {
    if (slots.length === 0)
      return { state: 'unknown', evidence: 'no key is stored yet', fix: 'castkeys setup' };
    const findings = slots.map(slot => ageOf(slot, profile.policy.maxAgeDays, clock().getTime()));
    const order = ['fail', 'warn', 'unknown', 'pass'];
    const [worst] = findings.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
    return {
      ...(worst ?? { state: 'skip' }),
      evidence: findings.map(finding => finding.evidence).join('; '),
    };
  },
};

function ageOf({ role, credential }: Slot, maxAgeDays: number, now: number): Finding {
  const fix = `castkeys rotate --role ${role}`;
  if (credential.expiresAt) {
    const left = Math.floor((Date.parse(credential.expiresAt) - now) / day);
    if (left < 0) return { state: 'fail', evidence: `${role} expired ${days(-left)} ago`, fix };
    if (left < notice) return { state: 'warn', evidence: `${role} expires in ${days(left)}`, fix };
  }
  const since = Date.parse(credential.createdAt ?? credential.addedAt);
  const age = Math.max(0, Math.floor((now - since) / day));
  if (age > maxAgeDays)
    return { state: 'fail', evidence: `${role} is ${days(age)} old; the policy allows ${maxAgeDays}`, fix };
  // Cast AI doesn't tell a key's age to the key itself: ours is a lower bound, and a bound is not a pass.
  if (!credential.createdAt) {
    return {
      state: 'unknown',
      evidence: `${role} has been here for ${days(age)}; when Cast AI made it is not known`,
      fix: `castkeys keys adopt --role ${role}`,
    };
  }
  if (maxAgeDays - age < noticeOf(maxAgeDays))
    return { state: 'warn', evidence: `${role} is ${days(age)} old; due in ${days(maxAgeDays - age)}`, fix };
  return { state: 'pass', evidence: `${role} is ${days(age)} old of ${maxAgeDays} allowed` };
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

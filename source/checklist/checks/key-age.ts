import { keyAge as ageOf, days, expiresSoon } from '../../profiles/profiles.ts';
import type { Check, Finding, Slot } from '../check.ts';

export const keyAge: Check = {
  id: 'key-age',
  title: 'Keys are young enough',
  standsFor: 'keys are rotated regularly',
  needs: [],
  async measure({ slots, profile, clock }) {
    if (slots.length === 0)
      return { state: 'unknown', evidence: 'no key is stored yet', fix: 'castkeys setup' };
    const findings = slots.map(slot => findingOf(slot, profile.policy.maxAgeDays, clock()));
    const order = ['fail', 'warn', 'unknown', 'pass'];
    const [worst] = findings.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
    return {
      ...(worst ?? { state: 'skip' }),
      evidence: findings.map(finding => finding.evidence).join('; '),
    };
  },
};

function findingOf({ role, credential }: Slot, maxAgeDays: number, now: Date): Finding {
  const fix = `castkeys rotate --role ${role}`;
  const measured = ageOf(credential, maxAgeDays, now);
  const { age, left, notice, untilExpiry, isAtLeast } = measured;
  if (untilExpiry < 0) return { state: 'fail', evidence: `${role} expired ${days(-untilExpiry)} ago`, fix };
  if (expiresSoon(measured))
    return { state: 'warn', evidence: `${role} expires in ${days(untilExpiry)}`, fix };
  if (age > maxAgeDays)
    return { state: 'fail', evidence: `${role} is ${days(age)} old; the policy allows ${maxAgeDays}`, fix };
  // Cast AI doesn't tell a key's age to the key itself: ours is a lower bound, and a bound is not a pass.
  if (isAtLeast) {
    return {
      state: 'unknown',
      evidence: `${role} has been here for ${days(age)}; when Cast AI made it is not known`,
      fix: `castkeys keys adopt --role ${role}`,
    };
  }
  if (left < notice)
    return { state: 'warn', evidence: `${role} is ${days(age)} old; due in ${days(maxAgeDays - age)}`, fix };
  return { state: 'pass', evidence: `${role} is ${days(age)} old of ${maxAgeDays} allowed` };
}

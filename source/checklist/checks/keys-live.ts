import type { Check, Finding, Slot, Subject } from '../check.ts';
import { worstOf } from '../worst-of.ts';

export const keysLive: Check = {
  id: 'keys-live',
  title: 'Every key works',
  standsFor: 'each key is tested before it is relied on',
  needs: ['network', 'keychain'],
  async measure(subject) {
    if (subject.slots.length === 0)
      return { state: 'unknown', evidence: 'no key is stored yet', fix: 'castkeys setup' };
    return worstOf(await Promise.all(subject.slots.map(slot => tryOne(subject, slot))));
  },
};

async function tryOne(subject: Subject, slot: Slot): Promise<Finding> {
  const tried = await subject.tryKey(slot);
  if (!tried)
    return {
      state: 'unknown',
      evidence: `the keychain does not give the ${slot.role} key`,
      fix: 'castkeys doctor',
    };
  const { verdict, ms } = tried;
  switch (verdict.outcome) {
    case 'valid': {
      const who = verdict.identity.name ?? verdict.identity.email ?? verdict.identity.id;
      return {
        state: 'pass',
        evidence: `${slot.role} answers${who ? ` as ${who}` : ''} (${Math.round(ms)} ms)`,
      };
    }
    case 'invalid':
      return {
        state: 'fail',
        evidence: `${slot.role}: ${verdict.reason}`,
        fix: `castkeys keys add --role ${slot.role} --replace`,
      };
    case 'unknown':
      return { state: 'unknown', evidence: verdict.reason, fix: 'castkeys status' };
  }
}

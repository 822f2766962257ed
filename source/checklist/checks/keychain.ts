import type { Check } from '../check.ts';

export const keychain: Check = {
  id: 'keychain',
  title: 'Keys are in the keychain',
  standsFor: 'keys in environment variables or a secret store, never in code',
  needs: ['keychain'],
  async measure(subject) {
    const store = await subject.keychain();
    const probe = await store.probe();
    if (probe.state !== 'usable') return { state: 'fail', evidence: probe.reason, fix: probe.fix };
    if (subject.slots.length === 0) {
      return {
        state: 'fail',
        evidence: `${probe.evidence}; but no key is stored yet`,
        fix: 'castkeys setup',
      };
    }
    for (const slot of subject.slots) {
      const result = await subject.secretOf(slot);
      if (result.state === 'value') continue;
      if (result.state !== 'absent')
        return { state: 'fail', evidence: result.reason, fix: result.fix ?? 'castkeys doctor' };
      return {
        state: 'fail',
        evidence: `the ${slot.role} key is gone from it`,
        fix: `castkeys keys add --role ${slot.role} --replace`,
      };
    }
    return { state: 'pass', evidence: probe.evidence };
  },
};

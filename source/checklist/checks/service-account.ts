import type { Check, Finding, Slot, Subject } from '../check.ts';
import { worstOf } from '../worst-of.ts';

export const serviceAccount: Check = {
  id: 'service-account',
  title: "No person's key in production",
  standsFor: 'minimal scopes',
  needs: ['network', 'keychain'],
  async measure(subject) {
    if (subject.slots.length === 0)
      return { state: 'unknown', evidence: 'no key is stored yet', fix: 'castkeys setup' };
    return worstOf(await Promise.all(subject.slots.map(slot => judge(subject, slot))));
  },
};

async function judge(subject: Subject, slot: Slot): Promise<Finding> {
  const { kind, id, name, email } = await subject.ownerOf(slot);
  const who = name ?? email ?? id ?? 'somebody';
  switch (kind) {
    case 'service-account':
      return { state: 'pass', evidence: `${slot.role} belongs to the service account ${who}` };
    case 'person':
      return judgePersonal(subject, slot, who);
    case 'unknown':
      return {
        state: 'unknown',
        evidence: `whether ${slot.role} belongs to a person or to a service account can't be told with the key itself`,
        fix: (await subject.admin())
          ? `castkeys keys adopt --role ${slot.role}`
          : 'castkeys keys add --role admin',
      };
  }
}

/**
 * Sections 4.4 and 10 of the API facts: a personal key lives and dies with its owner's membership and roles, and with
 * whoever tidies up their keys. A service account's key doesn't.
 */
function judgePersonal({ profile }: Subject, { role }: Slot, who: string): Finding {
  const whose = `${role} is a personal key of ${who}`;
  const { environment } = profile;
  if (environment !== 'production' && environment !== 'staging') {
    return { state: 'pass', evidence: `${whose}, which is fine outside staging and production` };
  }
  return {
    state: environment === 'production' ? 'fail' : 'warn',
    evidence: `${whose}: ${environment} stops when that person leaves, changes roles or deletes the key`,
    fix: `make a service account and a key of it in the console; then: castkeys keys add --role ${role} --replace`,
  };
}

import type { Doubt } from '../../privilege/privilege.ts';
import type { Check, Finding, Slot, Subject } from '../check.ts';
import { worstOf } from '../worst-of.ts';

export const leastPrivilege: Check = {
  id: 'least-privilege',
  title: 'No key can do more than its policy',
  standsFor: 'minimal scopes',
  needs: ['network', 'keychain'],
  async measure(subject) {
    if (subject.slots.length === 0)
      return { state: 'unknown', evidence: 'no key is stored yet', fix: 'castkeys setup' };
    return worstOf(await Promise.all(subject.slots.map(slot => compare(subject, slot))));
  },
};

async function compare(subject: Subject, slot: Slot): Promise<Finding> {
  const { role, credential } = slot;
  const { describeRights, excess, observeRights } = await import('../../privilege/privilege.ts');
  const tried = await subject.tryKey(slot);
  const organizationId = organizationOf(subject, slot, tried);
  if (organizationId === undefined) {
    return {
      state: 'unknown',
      evidence: `which organization the ${role} key belongs to is not known`,
      fix: `castkeys profiles edit ${subject.profileName} --organization ID`,
    };
  }
  const owner = await subject.ownerOf(slot);
  const admin = await subject.admin();
  const { rights, source } = await observeRights({
    organizationId,
    owner,
    ...(credential.keyId ? { keyId: credential.keyId } : {}),
    ...(tried?.verdict.outcome === 'valid' ? { key: tried.client } : {}),
    ...(admin ? { admin } : {}),
  });
  const { policy } = subject.profile;
  const scopes = policy.scopes.join(', ') || 'nothing';
  const found = excess(rights, policy);
  switch (found.verdict) {
    case 'within':
      return { state: 'pass', evidence: `${role} has ${describeRights(rights)} (${source})` };
    case 'exceeds': {
      const holder = owner.kind === 'service-account' ? (owner.name ?? 'its service account') : undefined;
      return {
        state: 'fail',
        evidence: `${role} has ${found.beyond}, and the policy allows ${scopes}: ${found.sufficient} would do (${source})`,
        fix: `${holder ? `in the console, give ${holder}` : 'make a service account with'} ${found.sufficient} instead; or store a narrower key: castkeys keys add --role ${role} --replace`,
      };
    }
    case 'unclear':
      return {
        state: 'unknown',
        evidence: `${role} has at least ${describeRights(rights)}; ${wordsOf(found.doubts)} (${source})`,
        fix: cureOf(subject, slot, found.doubts),
      };
  }
}

function organizationOf(
  { profile }: Subject,
  { credential }: Slot,
  tried: Awaited<ReturnType<Subject['tryKey']>>,
): string | undefined {
  const reached = tried?.verdict.outcome === 'valid' ? tried.verdict.organizations[0] : undefined;
  return (profile.organization ?? credential.organization ?? reached)?.id;
}

const wordsOf = (doubts: readonly Doubt[]): string =>
  [...new Set(doubts.map(({ words }) => words))].join('; ');

/** What would tell; what is named first weighs most. */
function cureOf({ profileName }: Subject, { role }: Slot, doubts: readonly Doubt[]): string {
  const cures = new Set(doubts.map(({ cure }) => cure));
  if (cures.has('admin-credential')) return 'castkeys keys add --role admin';
  if (cures.has('adopt')) return `castkeys keys adopt --role ${role}`;
  if (cures.has('name-clusters')) return `castkeys profiles edit ${profileName} --clusters ID,…`;
  return 'look at the role bindings of its owner in the Cast AI console';
}

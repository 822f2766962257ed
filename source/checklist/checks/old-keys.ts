import type { RetiredKey } from '../../profiles/profiles.ts';
import { type Journal, phaseOf, placeWords, readJournals, sayDuration } from '../../rotation/rotation.ts';
import type { Check, Finding, Subject } from '../check.ts';
import { worstOf } from '../worst-of.ts';
import { keysOfOrganization, type ListedKey } from './listed-keys.ts';

export const oldKeys: Check = {
  id: 'old-keys',
  title: 'No retired key still works',
  standsFor: 'keys are rotated regularly',
  needs: ['network', 'keychain'],
  async measure(subject) {
    const journals = ours(subject, readJournals(subject.home));
    const unfinished = journals.filter(({ ending }) => ending === undefined);
    const rotating = unfinished.map(({ old }) => old.credentialId);
    const retired = Object.entries(subject.config.retired ?? {}).filter(
      ([id, { profile, goneAt }]) =>
        profile === subject.profileName && goneAt === undefined && !rotating.includes(id),
    );
    const lost = journals.flatMap(({ attempts }) =>
      attempts.filter(({ givenUpAt }) => givenUpAt !== undefined),
    );
    const findings = unfinished.map(journal => rotationFinding(subject, journal));
    if (retired.length + lost.length > 0) {
      const listed = await keysOfOrganization(subject);
      findings.push(...retired.map(([, key]) => retiredFinding(key, listed)));
      findings.push(
        ...orphanFindings(
          lost.map(({ name }) => name),
          listed,
        ),
      );
    }
    return findings.length > 0
      ? worstOf(findings)
      : { state: 'pass', evidence: 'no key was replaced that still works' };
  },
};

/** Of this profile's keys, and of the admin credential that looks after them. */
const ours = ({ profileName, profile }: Subject, journals: readonly Journal[]): readonly Journal[] =>
  journals.filter(({ place }) =>
    place.kind === 'slot'
      ? place.profile === profileName
      : place.origin === profile.origin && place.organizationId === profile.organization?.id,
  );

/** Not over yet: how far it is, and how long it waits. */
function rotationFinding({ config, clock }: Subject, journal: Journal): Finding {
  const { place, waiting, goal } = journal;
  const left = waiting?.until === undefined ? 0 : Date.parse(waiting.until) - clock().getTime();
  const wait = left > 0 ? `for ${sayDuration(left)} more` : 'and can go on now';
  return {
    state: 'warn',
    evidence: `the ${goal === 'rollback' ? 'rollback' : 'rotation'} of ${placeWords(place)} is unfinished (${phaseOf(journal, config)}), ${wait}`,
    fix: `castkeys rotate --resume --role ${place.kind === 'slot' ? place.role : 'admin'}`,
  };
}

function retiredFinding(key: RetiredKey, listed: readonly ListedKey[] | undefined): Finding {
  const name = `${key.name ?? key.keyId ?? 'a key'}, replaced on ${key.retiredAt.slice(0, 10)}`;
  if (key.keyId === undefined || listed === undefined) {
    return {
      state: 'unknown',
      evidence: `whether ${name}, still works can't be looked up`,
      fix:
        listed === undefined
          ? 'castkeys keys add --role admin'
          : 'look for it in the Cast AI console, and delete it there',
    };
  }
  const found = listed.find(({ id }) => id === key.keyId);
  if (!found) return { state: 'pass', evidence: `${name}, is gone` };
  return found.isActive
    ? {
        state: 'fail',
        evidence: `${name}, still works`,
        fix: `delete ${found.name || found.id} in the Cast AI console`,
      }
    : {
        state: 'warn',
        evidence: `${name}, is switched off but not deleted`,
        fix: `delete ${found.name || found.id} in the Cast AI console`,
      };
}

/** Keys that nobody has the value of; the next rotation, or looking for one, deletes them. */
function orphanFindings(
  names: readonly string[],
  listed: readonly ListedKey[] | undefined,
): readonly Finding[] {
  return (listed ?? [])
    .filter(({ name }) => names.includes(name))
    .map(({ name }) => ({
      state: 'fail',
      evidence: `${name} was made by a rotation whose answer got lost, and nobody has its value`,
      fix: 'castkeys rotate --resume',
    }));
}

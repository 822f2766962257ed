/** Adding one key to a profile: ask for it or take what was given, verify, store, read back. */
import { keyResource } from '../audit/audit.ts';
import {
  enteringRefusal,
  organizationOf,
  type Place,
  type Stored,
  storeCredential,
  unstoreCredential,
  type VerifiedKey,
  verifyKeyFor,
} from '../credentials/credentials.ts';
import { CastkeysError, exitCode } from '../errors.ts';
import { badge, type Flow, note, type StepContext, step } from '../flow/flow.ts';
import type { Install } from '../install/install.ts';
import type { Secret } from '../keychain/secret.ts';
import type { OrganizationRef, Profile, Role } from '../profiles/profiles.ts';
import { describeOwner, obtainKey } from './obtain-key.ts';
import { rememberOrganization } from './remember-organization.ts';

export const addKeyQuestions = [
  'key.reader',
  'key.writer',
  'key.admin',
  'key.unreachable',
  'region.try-others',
] as const;

export interface KeyToAdd {
  readonly install: Install;
  readonly profileName: string;
  readonly profile: Profile;
  readonly role: Role | 'admin';
  /** From a file or variable; absent: ask. */
  readonly given?: Secret;
  readonly replace: boolean;
  /** Store it even where Cast AI can't be reached. */
  readonly allowUnverified: boolean;
  /** Makes sure the profile's API is there. */
  readonly reach: () => Promise<void>;
}

interface Tried {
  readonly secret: Secret;
  readonly verified?: VerifiedKey;
}

export function* addKey(wanted: KeyToAdd): Flow<void> {
  const { profileName, profile } = wanted;
  yield* badge({
    profile: profileName,
    environment: profile.environment,
    region: profile.region,
    practice: profile.region === 'practice',
  });
  const tried = wanted.given ? yield* tryGiven(wanted, wanted.given) : yield* askAndTry(wanted);
  if (tried.verified?.isRestricted) {
    yield* note(
      'The key is alive, but it may not even ask whose it is (403 on /v1/me). It is stored all the same.',
      'warning',
    );
  }
  const organization = yield* step(matchOrganization(wanted, tried.verified));
  yield* rememberOrganization(wanted.install, profileName, organization);
  yield* step(store(wanted, tried, organization));
}

function* askAndTry({ install, role, profileName, profile, reach }: KeyToAdd): Flow<Tried> {
  yield* step({ id: 'reach', title: 'Look for the API', readOnly: true, run: reach });
  const verified = yield* obtainKey({ install, role, profileName, profile, mayMove: false });
  return { secret: verified.secret, verified };
}

function* tryGiven(wanted: KeyToAdd, given: Secret): Flow<Tried> {
  try {
    return { secret: given, verified: yield* step(verify(wanted, given)) };
  } catch (error) {
    const isUnreachable = error instanceof CastkeysError && error.exitCode === exitCode.unreachable;
    if (!isUnreachable || !wanted.allowUnverified) throw error;
    yield* note('Cast AI could not be asked. The key is stored unverified, as --unverified says.', 'warning');
    return { secret: given };
  }
}

const verify = ({ install, profileName, profile, role, reach }: KeyToAdd, secret: Secret) => ({
  id: 'key.verify',
  title: `Ask ${new URL(profile.origin).host} about the key`,
  readOnly: true,
  run: async ({ signal }: StepContext) => {
    await reach();
    return enteringRefusal(install, keyResource(profileName, role), () =>
      verifyKeyFor({
        secret,
        origin: profile.origin,
        authorization: profile.authorization,
        signal,
      }),
    );
  },
  summary: (verified: VerifiedKey) => `${role} key works: ${describeOwner(verified)}`,
});

/** The profile's organization; where it has none yet, the key's default one (section 4.1 of the API facts). */
const matchOrganization = ({ profile }: KeyToAdd, verified: VerifiedKey | undefined) => ({
  id: 'organization.match',
  title: 'Look at the organization',
  readOnly: true,
  run: () =>
    verified
      ? (organizationOf(verified, profile.organization) ?? verified.organizations[0])
      : profile.organization,
  summary: (organization: OrganizationRef | undefined) =>
    organization?.name ?? organization?.id ?? 'not known',
});

const store = (wanted: KeyToAdd, { secret, verified }: Tried, organization: OrganizationRef | undefined) => {
  const { install, profileName, profile, role, replace } = wanted;
  const place = placeOf(wanted, organization);
  return {
    id: 'key.store',
    title: 'Store the key, and read it back',
    touches: ['keychain', 'keys-live', 'distinct-keys', 'least-privilege', 'service-account', 'key-age'],
    run: () =>
      storeCredential(install, {
        place,
        secret,
        origin: profile.origin,
        replace,
        ...(verified ? { verified } : {}),
        ...(organization ? { organization } : {}),
      }),
    undo: (stored: Stored) => unstoreCredential(install, place, stored),
    summary: () => `the ${role} key of ${profileName} is stored, read back, compared`,
  };
};

function placeOf({ role, profileName, profile }: KeyToAdd, organization: OrganizationRef | undefined): Place {
  if (role !== 'admin') return { kind: 'slot', profile: profileName, role };
  if (organization) return { kind: 'admin', origin: profile.origin, organizationId: organization.id };
  throw new CastkeysError(
    'usage',
    'An admin credential belongs to an organization, and this key does not tell which. Nothing was stored.',
    `castkeys profiles edit ${profileName} --organization ID`,
  );
}

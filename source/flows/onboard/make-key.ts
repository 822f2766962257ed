import { type CastaiClient, castaiClient } from '../../castai/castai.ts';
import { type Stored, storeCredential, unstoreCredential } from '../../credentials/credentials.ts';
import { CastkeysError, exitCode } from '../../errors.ts';
import { type Flow, keep, note, type StepContext, step } from '../../flow/flow.ts';
import type { Install } from '../../install/install.ts';
import type { Secret } from '../../keychain/secret.ts';
import type { OrganizationRef, Profile } from '../../profiles/profiles.ts';
import {
  type Acceptance,
  type Grant,
  grantFor,
  type IssuedKey,
  issueKey,
  type PreparedAccount,
  prepareAccount,
  removeAccount,
  revokeIssued,
  waitUntilAccepted,
} from '../../provision/provision.ts';
import { rememberOrganization } from '../remember-organization.ts';
import { chooseClusters } from './choose-clusters.ts';
import type { SlotToFill } from './fill-slot.ts';
import { touchedByKey } from './put-in-place.ts';
import type { AdminKey } from './session.ts';
import type { World } from './world.ts';

/**
 * Makes the key of a slot: a service account with just the role that the policy allows, and a key of it that is in the
 * keychain before anything else happens. Comes to the profile as it is then; undefined where the Owner's key that was
 * given can't do that.
 */
export function* makeKey(world: World, slot: SlotToFill, admin: AdminKey): Flow<Profile | undefined> {
  try {
    return yield* makeWith(world, slot, admin);
  } catch (error) {
    if (!(error instanceof CastkeysError) || error.exitCode !== exitCode.refused) throw error;
    yield* note(`${error.message} It takes an Owner's key to make others.`, 'warning');
    return undefined;
  }
}

function* makeWith({ install }: World, slot: SlotToFill, admin: AdminKey): Flow<Profile> {
  const { name, role } = slot;
  const { organization } = admin;
  const client = () => clientFor(slot.profile, admin.verified.secret, organization);
  yield* rememberOrganization(install, name, organization);
  const registered = { ...slot.profile, organization };
  const profile =
    role === 'writer'
      ? yield* chooseClusters({ install, name, profile: registered, client, atLeast: 1 })
      : registered;
  const making = { install, slot: { ...slot, profile }, client, organization };
  const account = yield* step(prepare(making));
  const kept = yield* step(issueAndKeep(making, account));
  yield* step(accept(making, kept));
  yield* keep();
  return profile;
}

function clientFor(
  { origin, authorization }: Profile,
  secret: Secret,
  organization: OrganizationRef,
  signal?: AbortSignal,
): CastaiClient {
  const client = castaiClient({ origin, secret, authorization, ...(signal ? { signal } : {}) });
  return client.inOrganization(organization.id);
}

interface Making {
  readonly install: Install;
  readonly slot: SlotToFill;
  /** The Owner's. */
  readonly client: () => CastaiClient;
  readonly organization: OrganizationRef;
}

const prepare = ({ slot, client, organization }: Making) => {
  const { name, role, profile } = slot;
  return {
    id: 'account.prepare',
    title: `Give the service account castkeys-${name}-${role} its role`,
    run: ({ signal, progress }: StepContext) =>
      prepareAccount(
        client(),
        { profileName: name, role, grant: grantFor(role, profile.policy, organization.id) },
        { signal, progress },
      ),
    undo: (account: PreparedAccount) => removeAccount(client(), account),
    summary: ({ newBindingId }: PreparedAccount) =>
      newBindingId === undefined
        ? 'it has one already'
        : grantWords(grantFor(role, profile.policy, organization.id)),
  };
};

function grantWords({ role, scopes }: Grant): string {
  const clusters = scopes.filter(({ kind }) => kind === 'cluster').length;
  if (clusters === 0) return `${role.name} of the organization`;
  return `${role.name} on ${clusters === 1 ? 'one cluster' : `${clusters} clusters`} only`;
}

interface KeptKey {
  readonly issued: IssuedKey;
  readonly stored: Stored;
}

const issueAndKeep = ({ install, slot, client, organization }: Making, account: PreparedAccount) => {
  const { name, role, profile } = slot;
  const { expiresInDays } = profile.policy;
  const place = { kind: 'slot', profile: name, role } as const;
  return {
    id: 'key.make',
    title: `Make the ${role} key of ${name}, store it, read it back`,
    touches: touchedByKey,
    run: (): Promise<KeptKey> =>
      issueKey(
        {
          install,
          admin: client(),
          organizationId: organization.id,
          account,
          namedAfter: `castkeys/${name}/${role}`,
          ...(expiresInDays === undefined ? {} : { expiresInDays }),
        },
        async issued => ({
          issued,
          stored: await storeCredential(install, {
            place,
            secret: issued.secret,
            origin: profile.origin,
            organization,
            issued: { owner: { kind: 'service-account', id: account.id, name: account.name }, key: issued },
            replace: true,
          }),
        }),
      ),
    undo: async ({ issued, stored }: KeptKey) => {
      await unstoreCredential(install, place, stored);
      await revokeIssued(client(), issued);
    },
    summary: ({ issued }: KeptKey) =>
      [issued.name, ...(issued.expiresAt ? [`expires ${issued.expiresAt.slice(0, 10)}`] : [])].join(', '),
  };
};

const accept = ({ install, slot, organization }: Making, { issued, stored }: KeptKey) => ({
  id: 'key.accept',
  title: 'Ask with the new key until it is accepted three times in a row',
  touches: touchedByKey,
  run: async ({ signal, progress }: StepContext): Promise<Acceptance> => {
    const client = clientFor(slot.profile, issued.secret, organization, signal);
    const acceptance = await waitUntilAccepted(client, { signal, progress });
    const verifiedAt = install.clock().toISOString();
    await install.update(config => {
      const credential = config.credentials[stored.id];
      const credentials = credential
        ? { ...config.credentials, [stored.id]: { ...credential, verifiedAt } }
        : config.credentials;
      return { ...config, credentials };
    });
    return acceptance;
  },
  summary: ({ owner }: Acceptance) => `as ${owner.name ?? owner.id ?? 'its service account'}`,
});

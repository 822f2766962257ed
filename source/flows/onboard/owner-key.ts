import {
  organizationOf,
  type Stored,
  storeCredential,
  unstoreCredential,
  type VerifiedKey,
  verifyKeyFor,
} from '../../credentials/credentials.ts';
import { CastkeysError } from '../../errors.ts';
import { ask, confirm, type Flow, type StepContext, step } from '../../flow/flow.ts';
import { type Install, readSecret } from '../../install/install.ts';
import { adminIdOf } from '../../profiles/profiles.ts';
import { describeOwner, obtainKey } from '../obtain-key.ts';
import { chooseOrganization } from './choose-organization.ts';
import type { SlotToFill } from './fill-slot.ts';
import type { AdminKey, Session } from './session.ts';
import type { World } from './world.ts';

/** The Owner's key that makes others: one given before, the one that is stored, or one the person pastes. */
export function* ownerKey({ install }: World, slot: SlotToFill, session: Session): Flow<AdminKey> {
  const { name, profile } = slot;
  const given = session.admins.find(
    ({ verified, organization }) =>
      verified.origin === profile.origin &&
      (profile.organization === undefined || profile.organization.id === organization.id),
  );
  if (given) return given;
  const stored = yield* step(tryStored(install, slot));
  if (stored) return stored;
  const { practice } = slot;
  const verified = yield* obtainKey({
    install,
    role: 'admin',
    profileName: name,
    profile,
    mayMove: false,
    ...(practice ? { fallback: { label: "the practice Owner's key", secret: practice.adminKey } } : {}),
  });
  const organization = yield* chooseOrganization(name, profile, verified);
  if (!organization) throw unknownOrganization(name);
  const admin = { verified, organization };
  const isKept = yield* ask(keepQuestion);
  if (isKept) yield* step(store(install, admin));
  return admin;
}

const keepQuestion = confirm({
  id: 'admin.keep',
  message: "Keep the Owner's key in the keychain as well?",
  help: 'Rotation makes and revokes keys with it, and the checklist reads roles. It is never handed to a command. Otherwise it is forgotten when this ends.',
  fallback: true,
  unattended: false,
});

const tryStored = (install: Install, { profile }: SlotToFill) => ({
  id: 'admin.look',
  title: "Look for an Owner's key in the keychain",
  readOnly: true,
  isQuiet: true,
  run: async ({ signal }: StepContext): Promise<AdminKey | undefined> => {
    const config = install.config();
    const { origin, organization, authorization } = profile;
    const id = organization && config && adminIdOf(config, { origin, organizationId: organization.id });
    if (id === undefined || !organization) return undefined;
    const secret = await readSecret(await install.keychain(), id);
    const verified = await verifyKeyFor({ secret, origin, authorization, signal });
    return { verified, organization: organizationOf(verified, organization) ?? organization };
  },
});

const store = (install: Install, { verified, organization }: AdminKey) => {
  const { origin, secret } = verified;
  const place = { kind: 'admin', origin, organizationId: organization.id } as const;
  return {
    id: 'admin.store',
    title: "Store the Owner's key, and read it back",
    run: () => storeCredential(install, { place, secret, origin, organization, verified, replace: true }),
    undo: (stored: Stored) => unstoreCredential(install, place, stored),
    summary: () => describeOwner(verified satisfies VerifiedKey),
  };
};

function unknownOrganization(name: string): CastkeysError {
  return new CastkeysError(
    'usage',
    `The key doesn't tell which organization it may make keys in. Nothing was made.`,
    `castkeys profiles edit ${name} --organization ID`,
  );
}

import { castaiClient } from '../../castai/castai.ts';
import type { VerifiedKey } from '../../credentials/credentials.ts';
import { type Flow, keep, note, step } from '../../flow/flow.ts';
import type { Profile } from '../../profiles/profiles.ts';
import { obtainKey, tryKey } from '../obtain-key.ts';
import { rememberOrganization } from '../remember-organization.ts';
import { chooseClusters } from './choose-clusters.ts';
import { chooseOrganization } from './choose-organization.ts';
import { chooseSource, type Slot } from './choose-source.ts';
import { registered } from './describe-profiles.ts';
import { makeKey } from './make-key.ts';
import { ownerKey } from './owner-key.ts';
import { move, storeKey } from './put-in-place.ts';
import type { Session } from './session.ts';
import type { Practice, World } from './world.ts';

export interface SlotToFill extends Slot {
  readonly profile: Profile;
  readonly practice?: Practice;
  /** No key is bound to its address yet, so that it may still become one of another region. */
  readonly mayMove: boolean;
}

/** What there is after a slot: the profile as it is registered by then, and what the next slot may need. */
export interface Filled {
  readonly profile: Profile;
  readonly session: Session;
}

/** Gets a key into a slot in the way the person picks, or leaves it for later. A way that leads nowhere leads back here. */
export function* fillSlot(world: World, slot: SlotToFill, session: Session): Flow<Filled> {
  for (let current = session; ; ) {
    const { source, imported } = yield* chooseSource(slot, current);
    if (source === 'later') {
      yield* note(`${slot.name} has no ${slot.role} key yet; castkeys setup asks for it again.`, 'warning');
      return { profile: slot.profile, session: { ...current, source } };
    }
    if (source === 'make') {
      const admin = yield* ownerKey(world, slot, current);
      current = yield* registered(world, { ...current, source, admins: [...current.admins, admin] });
      const profile = yield* makeKey(world, slot, admin);
      if (profile) return { profile, session: current };
      current = { ...current, admins: [] };
      continue;
    }
    const verified = imported
      ? yield* tryKey(wantedFor(world, slot), imported.secret)
      : yield* obtainKey({ ...wantedFor(world, slot), ...practiceKey(slot) });
    if (!verified) continue;
    current = yield* registered(world, current);
    const profile = yield* takeIn(world, slot, verified);
    const left = withoutKey(current, verified);
    return { profile, session: imported ? left : { ...left, source } };
  }
}

const wantedFor = ({ install }: World, { name, role, profile, mayMove }: SlotToFill) => ({
  install,
  role,
  profileName: name,
  profile,
  mayMove,
  isOneOfSeveral: true,
});

const practiceKey = ({ practice, role }: SlotToFill) =>
  practice && role === 'reader' ? { fallback: { label: 'the practice key', secret: practice.key } } : {};

function* takeIn({ install }: World, slot: SlotToFill, verified: VerifiedKey): Flow<Profile> {
  const { name, role } = slot;
  if (verified.isRestricted)
    yield* note(
      'The key is alive, but it may not even ask whose it is. It is stored all the same.',
      'warning',
    );
  const moved =
    verified.origin === slot.profile.origin
      ? slot.profile
      : (yield* step(move(install, name, verified))).after;
  const organization = yield* chooseOrganization(name, moved, verified);
  yield* rememberOrganization(install, name, organization);
  const profile = organization ? { ...moved, organization } : moved;
  yield* step(storeKey({ install, name, role, verified, organization }));
  yield* keep();
  if (role !== 'writer') return profile;
  const client = () => clientOf(profile, verified);
  return yield* chooseClusters({ install, name, profile, client, atLeast: 0 });
}

function clientOf({ origin, authorization, organization }: Profile, { secret }: VerifiedKey) {
  const client = castaiClient({ origin, secret, authorization });
  return organization ? client.inOrganization(organization.id) : client;
}

/** What is in the keychain now is offered to no other slot. */
function withoutKey(session: Session, { secret }: VerifiedKey): Session {
  const plaintext = session.plaintext.filter(key => key.secret.reveal() !== secret.reveal());
  return { ...session, plaintext };
}

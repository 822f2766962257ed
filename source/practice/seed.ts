import {
  addAccount,
  addCluster,
  addOrganization,
  addUser,
  bind,
  emptyWorld,
  keyOf,
  personalKey,
} from './founding.ts';
import { actorFor, personOf } from './people.ts';
import { roles } from './roles.ts';
import type { State } from './schema.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** The practice world began this long ago, so that its keys have an age to look at. */
const ageMs = 30 * dayMs;

/** A fresh practice world: always the same people, accounts and clusters; ids and keys are random. */
export function seedState(region: string, clock: () => Date): State {
  const world = emptyWorld(region, () => new Date(clock().getTime() - ageMs));

  const practice = addOrganization(world, 'Practice', 'ORGANIZATION_TYPE_DEFAULT');
  const enterprise = addOrganization(world, 'Practice Enterprise', 'ORGANIZATION_TYPE_ENTERPRISE');
  const child = addOrganization(world, 'Practice Subsidiary', 'ORGANIZATION_TYPE_CHILD', enterprise.id);
  const strangers = addOrganization(world, 'Strangers', 'ORGANIZATION_TYPE_DEFAULT');

  const olive = addUser(world, 'Olive Owner', [practice, enterprise, child]);
  const sam = addUser(world, 'Sam Stranger', [strangers]);
  bind(world, practice, roles.owner.id, { user: { id: olive.id } });
  bind(world, enterprise, roles.enterpriseOwner.id, { user: { id: olive.id } });
  bind(world, strangers, roles.owner.id, { user: { id: sam.id } });

  const author = personOf(actorFor(world.state, { kind: 'user', id: olive.id }));
  const admin = addAccount(world, practice, 'practice-admin', roles.owner.id, author);
  const viewer = addAccount(world, practice, 'practice-viewer', roles.viewer.id, author);
  const member = addAccount(world, practice, 'practice-member', roles.member.id, author);
  const sams = personOf(actorFor(world.state, { kind: 'user', id: sam.id }));
  const stranger = addAccount(world, strangers, 'stranger-admin', roles.owner.id, sams);

  addCluster(world, practice, 'development', 'eks');
  addCluster(world, practice, 'staging', 'gke');
  addCluster(world, practice, 'production', 'aks');

  world.state.seeded = {
    admin: keyOf(world, admin, 'admin', 'practice-admin-key'),
    viewer: keyOf(world, viewer, 'viewer', 'practice-viewer-key'),
    member: keyOf(world, member, 'member', 'practice-member-key'),
    personal: personalKey(world, olive, practice, 'personal', 'practice-personal', false),
    readonly: personalKey(world, olive, practice, 'readonly', 'practice-readonly', true),
    stranger: keyOf(world, stranger, 'stranger', 'stranger-admin-key'),
    elsewhere: keyOf(world, admin, 'elsewhere', 'practice-admin-elsewhere', region === 'us' ? 'eu' : 'us'),
  };
  return world.state;
}

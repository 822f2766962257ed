import { setTimeout as delay } from 'node:timers/promises';
import { type CastaiClient, CastaiError, type RoleBinding } from '../castai/castai.ts';
import { CastkeysError } from '../errors.ts';
import type { Role } from '../profiles/profiles.ts';
import type { Grant } from './grant.ts';

export interface AccountWanted {
  readonly profileName: string;
  readonly role: Role;
  readonly grant: Grant;
}

/** A service account with its role in force, and what of it was made here. */
export interface PreparedAccount {
  readonly id: string;
  readonly name: string;
  readonly isNew: boolean;
  readonly newBindingId?: string;
}

export interface Waiting {
  readonly signal?: AbortSignal;
  readonly progress?: (text: string) => void;
}

const pollEvery = 500; // ms
/** Granting is asynchronous, and nothing says how long it takes. ms. */
const longestWait = 120_000;

/**
 * Finds or makes the service account of a role slot, by its name, and gives it its role where it has none; waits until
 * that is in force (section 4.3 of the API facts). A team shares it, so one that has a role keeps what it has.
 *
 * @param admin an Owner's client, in the organization.
 * @throws CastkeysError `failed` where the binding fails or takes too long; what the calls throw. What was made is removed.
 */
export async function prepareAccount(
  admin: CastaiClient,
  wanted: AccountWanted,
  waiting: Waiting = {},
): Promise<PreparedAccount> {
  const name = `castkeys-${wanted.profileName}-${wanted.role}`;
  const known = (await admin.serviceAccounts.list({ name })).find(account => account.name === name);
  const account = known ?? (await makeAccount(admin, name, wanted));
  let prepared: PreparedAccount = { id: account.id, name, isNew: known === undefined };
  try {
    const [standing] = await admin.roleBindings.list({ subjectId: account.id });
    const binding = standing ?? (await bind(admin, name, account.id, wanted.grant));
    if (!standing) prepared = { ...prepared, newBindingId: binding.id };
    await untilInForce(admin, binding, waiting);
    return prepared;
  } catch (thrown) {
    await removeAccount(admin, prepared).catch(() => {});
    throw thrown;
  }
}

/** Removes what {@link prepareAccount} made; what was there before stays. */
export async function removeAccount(
  admin: CastaiClient,
  { id, isNew, newBindingId }: PreparedAccount,
): Promise<void> {
  if (newBindingId !== undefined) await gone(admin.roleBindings.delete(newBindingId));
  if (isNew) await gone(admin.serviceAccounts.delete(id));
}

/** What is not there is gone. */
async function gone(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion;
  } catch (thrown) {
    if (!(thrown instanceof CastaiError) || thrown.kind !== 'not-found') throw thrown;
  }
}

function makeAccount(admin: CastaiClient, name: string, { profileName, role }: AccountWanted) {
  const description = `The ${role} of ${profileName}. Its keys are made and rotated by castkeys.`;
  return admin.serviceAccounts.create({ name, description });
}

async function bind(admin: CastaiClient, name: string, accountId: string, { role, scopes }: Grant) {
  const listed = (await admin.roles()).find(one => one.name === role.name && one.isDefault);
  return admin.roleBindings.create({
    name,
    roleId: listed?.id ?? role.id,
    scopes,
    subjects: [{ kind: 'service-account', id: accountId }],
  });
}

async function untilInForce(
  admin: CastaiClient,
  binding: RoleBinding,
  { signal, progress = () => {} }: Waiting,
): Promise<void> {
  const endsAt = performance.now() + longestWait;
  for (let current = binding; ; current = await admin.roleBindings.get(binding.id)) {
    const states = current.status.map(({ state }) => state);
    if (states.length === 0 || states.includes('CREATED')) return;
    if (states.includes('FAILED')) throw notInForce('Cast AI says that it failed');
    if (performance.now() > endsAt) throw notInForce(`it is still ${states.join(', ')} after two minutes`);
    progress('the role is being granted');
    await delay(pollEvery, undefined, signal ? { signal } : {});
  }
}

function notInForce(why: string): CastkeysError {
  return new CastkeysError(
    'failed',
    `The role could not be given to the new service account: ${why}. What was made for it was removed.`,
    'the same command again; or look at the role bindings in the Cast AI console',
  );
}

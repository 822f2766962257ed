import { setTimeout as delay } from 'node:timers/promises';
import type { CastaiClient, Role } from '../castai/castai.ts';
import { CastkeysError } from '../errors.ts';
import type { Policy } from '../profiles/profiles.ts';
import { allows } from './excess.ts';
import { isAbove, type Level, roleNames } from './level.ts';

export interface AccountWanted {
  readonly client: CastaiClient;
  readonly organizationId: string;
  /** Of the service account; of its bindings, with a number behind. */
  readonly name: string;
  readonly policy: Policy;
  readonly signal?: AbortSignal;
  readonly progress?: (text: string) => void;
}

type Binding = Parameters<CastaiClient['roleBindings']['create']>[0];

/** Granting is asynchronous (section 4.3 of the API facts). ms. */
const patience = 60_000;
const lookEvery = 250;

/**
 * The service account of that name, made if there is none, bound to what the policy allows and no more, with the bindings
 * in force when this resolves. What is there by these names already is used: begun twice it is done once.
 */
export async function policyAccount(
  wanted: AccountWanted,
): Promise<{ readonly id: string; readonly name: string }> {
  const { client, name, progress = () => {} } = wanted;
  const roles = await client.roles();
  const known = (await client.serviceAccounts.list({ name })).find(account => account.name === name);
  progress(known ? `${name} is there` : `make ${name}`);
  const { id } = known ?? (await client.serviceAccounts.create({ name, description: 'made by castkeys' }));
  const bound = await client.roleBindings.list({ subjectId: id });
  for (const binding of bindingsFor(wanted, id, roles)) {
    if (!bound.some(one => one.name === binding.name)) await client.roleBindings.create(binding);
  }
  progress('wait until its role is in force');
  await inForce(wanted, id);
  return { id, name };
}

function bindingsFor(
  { name, policy, organizationId }: AccountWanted,
  accountId: string,
  roles: readonly Role[],
): readonly Binding[] {
  const { organization, clusters } = allows(policy);
  if (clusters === 'unnamed') throw namesNoClusters();
  const subjects = [{ kind: 'service-account', id: accountId }] as const;
  const onClusters = clusters.length > 0 && isAbove('operate', organization);
  return [
    ...(organization === 'none'
      ? []
      : [
          {
            name: `${name}-1`,
            roleId: roleId(roles, organization),
            scopes: [{ kind: 'organization', id: organizationId }],
            subjects,
          } as const,
        ]),
    ...(onClusters
      ? [
          {
            name: `${name}-2`,
            roleId: roleId(roles, 'operate'),
            scopes: clusters.map(id => ({ kind: 'cluster', id }) as const),
            subjects,
          },
        ]
      : []),
  ];
}

/** By name: the ids of the built-in ones are not to be trusted blindly (section 4.2). */
function roleId(roles: readonly Role[], level: Level): string {
  const found = roles.find(({ name, isDefault }) => name === roleNames[level] && isDefault !== false);
  if (found) return found.id;
  throw new CastkeysError(
    'failed',
    `This organization has no role called ${roleNames[level]}. No key was made.`,
    'look at the roles in the Cast AI console',
  );
}

async function inForce({ client, signal }: AccountWanted, accountId: string): Promise<void> {
  for (const giveUp = performance.now() + patience; ; ) {
    const states = (await client.roleBindings.list({ subjectId: accountId })).flatMap(({ status }) =>
      status.map(({ state }) => state),
    );
    if (states.includes('FAILED')) throw notGranted('Cast AI could not grant its role');
    if (states.length > 0 && states.every(state => state === 'CREATED')) return;
    if (performance.now() > giveUp) throw notGranted(`its role is not in force after ${patience / 1000} s`);
    await delay(lookEvery, undefined, { ...(signal && { signal }) });
  }
}

function notGranted(why: string): CastkeysError {
  return new CastkeysError(
    'failed',
    `The service account is there, but ${why}. No key was made, and the old one is untouched.`,
    'look at its role bindings in the Cast AI console; the same command again goes on from there',
  );
}

function namesNoClusters(): CastkeysError {
  return new CastkeysError(
    'usage',
    "The policy's write:limited names no clusters, so there is nothing to bind it to. Nothing was changed.",
    'castkeys profiles edit NAME --clusters ID,…',
  );
}

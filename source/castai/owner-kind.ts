import type { CastaiClient } from './client.ts';
import type { Me } from './identity.ts';
import { settled } from './settled.ts';

export type OwnerKind = 'person' | 'service-account' | 'unknown';

/**
 * What the owner of a key is, by evidence: a role binding that names the owner says of which kind it is, and the list of
 * service accounts says it of those. Many keys may read neither; then it is unknown.
 */
export async function ownerKind(
  client: CastaiClient,
  me: Me,
  defaultOrganization?: string,
): Promise<OwnerKind> {
  const organization = client.organizationId ?? defaultOrganization;
  if (organization === undefined || !me.id) return 'unknown';
  const here = client.inOrganization(organization);
  const bindings = await settled(here.roleBindings.list({ subjectId: me.id }));
  if ('value' in bindings) {
    const subjects = bindings.value.flatMap(binding => binding.subjects);
    const named = subjects.find(subject => subject.kind !== 'unknown' && subject.id === me.id);
    if (named?.kind === 'user') return 'person';
    if (named?.kind === 'service-account') return 'service-account';
  }
  const accounts = await settled(here.serviceAccounts.list());
  const listed = 'value' in accounts && accounts.value.some(account => account.id === me.id);
  return listed ? 'service-account' : 'unknown';
}

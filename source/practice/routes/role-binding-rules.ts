import { badRequest, type FieldViolation, Refusal } from '../answer.ts';
import type { Definition } from '../definition.ts';
import { roleById } from '../roles.ts';
import type { Call } from '../route.ts';

type Scope = Definition['scopes'][number];
type Subject = Definition['subjects'][number];

const scopeType = (scope: Scope) =>
  scope.organization ? 'ORGANIZATION' : scope.cluster ? 'CLUSTER' : 'RESOURCE';
const subjectType = (subject: Subject) =>
  subject.user ? 'SUBJECT_USER' : subject.group ? 'SUBJECT_GROUP' : 'SUBJECT_SERVICE_ACCOUNT';

/** Each filter repeats as "any of these"; different filters add up. */
export function matches({ roleId, scopes, subjects }: Definition, query: URLSearchParams): boolean {
  const holds = (name: string, values: readonly (string | undefined)[]) => {
    const wanted = query.getAll(name);
    return wanted.length === 0 || values.some(value => value !== undefined && wanted.includes(value));
  };
  return (
    holds('roleId', [roleId]) &&
    holds(
      'groupId',
      subjects.map(one => one.group?.id),
    ) &&
    holds(
      'scopeId',
      scopes.map(one => (one.organization ?? one.cluster ?? one.resource)?.id),
    ) &&
    holds('scopeType', scopes.map(scopeType)) &&
    holds('subjectType', subjects.map(subjectType)) &&
    holds(
      'subjectId',
      subjects.map(one => (one.user ?? one.serviceAccount ?? one.group)?.id),
    )
  );
}

/** Refuses what a binding names and the organization doesn't have, all in one answer. */
export function refuseUnknown(
  { world, organizationId }: Call,
  asked: readonly { readonly definition: Definition; readonly at: string }[],
): void {
  const { clusters, groups, serviceAccounts, users } = world.state;
  const here = (owned: readonly { id: string; organizationId: string }[], id: string) =>
    owned.some(one => one.id === id && one.organizationId === organizationId);
  const subjectKnown = ({ user, serviceAccount, group }: Subject) =>
    (user && users.some(one => one.id === user.id && one.organizationIds.includes(organizationId))) ||
    (serviceAccount && here(serviceAccounts, serviceAccount.id)) ||
    (group && here(groups, group.id));
  const scopeKnown = ({ organization, cluster }: Scope) =>
    organization ? organization.id === organizationId : cluster ? here(clusters, cluster.id) : true;

  const violations = asked.flatMap(({ definition, at }): readonly FieldViolation[] => {
    const unknown = (field: string) => ({ field: `${at}.${field}`, description: 'not found' });
    return [
      ...(roleById(definition.roleId) ? [] : [unknown('roleId')]),
      ...definition.scopes.flatMap((scope, index) => (scopeKnown(scope) ? [] : [unknown(`scopes.${index}`)])),
      ...definition.subjects.flatMap((one, index) =>
        subjectKnown(one) ? [] : [unknown(`subjects.${index}`)],
      ),
    ];
  });
  if (violations.length > 0) throw new Refusal(badRequest(...violations));
}

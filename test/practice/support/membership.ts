import type { PracticeServer } from '../../../source/practice/practice.ts';
import { ask, pickText } from './asking.ts';

/** Puts a service account into a new group that is bound to a role over the organization, as the admin. */
export async function addToGroup(server: PracticeServer, accountId: string, roleId: string): Promise<void> {
  const organization = `/v1/organizations/${server.organizationId}`;
  const member = { id: accountId, email: 'account@practice.invalid', kind: 'SERVICE_ACCOUNT' };
  const group = await ask(server, server.keys.admin, `POST ${organization}/groups`, {
    body: { name: `group of ${accountId}`, definition: { members: [member] } },
  });
  await ask(server, server.keys.admin, `POST ${organization}/role-bindings`, {
    body: [
      {
        name: 'by group',
        definition: {
          roleId,
          scopes: [{ organization: { id: server.organizationId } }],
          subjects: [{ group: { id: pickText(group, 'id') } }],
        },
      },
    ],
  });
}

import { describe, expect, it } from 'vitest';
import { verifyKey } from '../../source/castai/castai.ts';
import { castai, organizations, person, verdictFrom } from './support/castai.ts';
import { clientOf } from './support/client.ts';
import { type Answer, json, silence } from './support/odd-server.ts';

function bindingsNaming(subject: object): Answer {
  const definition = { roleId: 'r1', scopes: [{ organization: { id: 'o1' } }], subjects: [subject] };
  return json(200, { roleBindings: [{ id: 'b1', name: 'n', definition }] });
}

describe('whose key it is', () => {
  const routes = { '/v1/me': person, '/v1/organizations': organizations };
  const bindings = '/v1/organizations/o1/role-bindings';
  const accounts = '/v1/organizations/o1/service-accounts';

  it.each([
    [
      'a person’s, when a role binding says so',
      { [bindings]: bindingsNaming({ user: { id: 'u1' } }) },
      'person',
    ],
    [
      'a service account’s, when a role binding says so',
      { [bindings]: bindingsNaming({ serviceAccount: { id: 'u1' } }) },
      'service-account',
    ],
    [
      'a service account’s, when it is listed',
      { [accounts]: json(200, { serviceAccounts: [{ id: 'u1', name: 'ci' }] }) },
      'service-account',
    ],
    [
      'unknown, when it is not listed',
      { [accounts]: json(200, { serviceAccounts: [{ id: 'u2', name: 'ci' }] }) },
      'unknown',
    ],
    [
      'unknown, when the binding names somebody else',
      { [bindings]: bindingsNaming({ user: { id: 'u2' } }) },
      'unknown',
    ],
    ['unknown, when it may read neither', {}, 'unknown'],
  ])('is %s', async (_what, evidence, kind) => {
    expect(await verdictFrom({ ...routes, ...evidence })).toMatchObject({ identity: { kind } });
  });

  it('is unknown when the time is up before it is found out, and the key is valid all the same', async () => {
    const verdict = await verdictFrom({ ...routes, [bindings]: silence }, 200);
    expect(verdict).toMatchObject({ outcome: 'valid', identity: { id: 'u1', kind: 'unknown' } });
  });

  it('is not looked for when nobody wants to know', async () => {
    await using server = await castai(routes);
    await verifyKey(clientOf(server.origin).client, { identify: false });
    expect(server.seen.map(({ url }) => url.pathname)).toEqual(['/v1/me', '/v1/organizations']);
  });

  it('is looked for in the default organization when the profile names none', async () => {
    await using server = await castai({ ...routes, [bindings]: bindingsNaming({ user: { id: 'u1' } }) });
    const { client } = clientOf(server.origin);
    const verdict = await verifyKey(client.inOrganization('o1'));
    expect(verdict).toMatchObject({ identity: { kind: 'person' } });
  });
});

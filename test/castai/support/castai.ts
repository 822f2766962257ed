/** A Cast AI of which only some routes are told, and the verdict it leads to. */
import { type Verdict, verifyKey } from '../../../source/castai/castai.ts';
import { clientOf } from './client.ts';
import { type Answer, json, type OddServer, refused, serve } from './odd-server.ts';

export const forbidden = refused(403, 'Forbidden');
export const person = json(200, { id: 'u1', name: 'Ann', email: 'ann@x.example' });
export const organizations = json(200, {
  organizations: [
    { id: 'o1', name: 'Practice' },
    { id: 'o2', name: 'Other' },
  ],
});

/** A Cast AI where each route answers as told; what isn't told is forbidden. */
export function castai(routes: Readonly<Record<string, Answer>>): Promise<OddServer> {
  return serve((request, response) => {
    const route = new URL(request.url ?? '', 'http://odd').pathname;
    (routes[route] ?? forbidden)(request, response);
  });
}

export async function verdictFrom(
  routes: Readonly<Record<string, Answer>>,
  totalMs = 15_000,
): Promise<Verdict> {
  await using server = await castai(routes);
  return await verifyKey(clientOf(server.origin, { organizationId: 'o1' }).client, { totalMs });
}

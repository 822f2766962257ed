import { type Answer, ok } from '../answer.ts';
import type { Route, Visit } from '../route.ts';

const path = '/v1/spec/openapi.json';

/** Section 9: open without a key, and so a probe of reachability. The document is the route table, in OpenAPI's words. */
export function specRoutes(described: readonly Route[]): readonly Route[] {
  const handle = ({ world }: Visit): Answer => ok(document(described, world.region));
  return [
    { method: 'GET', path, needs: 'nothing', handle },
    { method: 'HEAD', path, needs: 'nothing', handle },
  ];
}

function document(described: readonly Route[], region: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { method, path, needs } of described) {
    const operations = paths[path] ?? {};
    paths[path] = operations;
    operations[method.toLowerCase()] = { summary: `needs: ${needs}`, responses: {} };
  }
  return {
    openapi: '3.0.1',
    info: { title: 'CAST.AI API documentation (castkeys practice server)', version: 'practice' },
    servers: [{ url: '/', description: `practice, region ${region}` }],
    paths,
  };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Level, levels } from '../../source/privilege/level.ts';
import { spanOfEndpoint, spanOfPermissions } from '../../source/privilege/permissions.ts';

const exactly = (level: string) => ({ atLeast: level, atMost: level });
const open = { atLeast: 'none', atMost: 'own' };

describe('an endpoint', () => {
  it.each([
    ['GET /v1/kubernetes/external-clusters', exactly('read')],
    ['get /*', exactly('read')],
    ['HEAD /v1/*', exactly('read')],
    ['POST /v1/kubernetes/external-clusters/{clusterId}/token', exactly('operate')],
    ['DELETE /v1/kubernetes/*', exactly('operate')],
    ['POST /v1/organizations/{organizationId}/role-bindings', exactly('own')],
    ['PATCH /organization-management/v1/enterprises/*', exactly('own')],
    ['POST /*', exactly('own')],
    ['* *', exactly('own')],
    ['* /v1/*', exactly('own')],
    ['POST /v1/cost-reports/query', { atLeast: 'analyse', atMost: 'operate' }],
    ['cost.read', open],
    ['/v1/me', open],
    ['', open],
  ])('%j', (endpoint, span) => {
    expect(spanOfEndpoint(endpoint)).toEqual(span);
  });
});

describe('permissions', () => {
  const endpoint = fc.constantFrom(
    'GET /v1/me',
    'POST /v1/cost',
    'POST /v1/kubernetes/x',
    'PUT /v1/organizations/x',
    'odd',
  );
  const permission = fc.record({
    effect: fc.constantFrom('ALLOW', 'DENY'),
    endpoints: fc.array(endpoint),
    groups: fc.array(fc.constant('billing'), { maxLength: 1 }),
  });
  const rank = (level: Level) => levels.indexOf(level);

  it('never prove more than they leave possible', () => {
    fc.assert(
      fc.property(fc.array(permission), permissions => {
        const { atLeast, atMost } = spanOfPermissions(permissions);
        expect(rank(atLeast)).toBeLessThanOrEqual(rank(atMost));
      }),
    );
  });

  it('only ever grow by one that allows more', () => {
    fc.assert(
      fc.property(fc.array(permission), endpoint, (permissions, more) => {
        const before = spanOfPermissions(permissions);
        const after = spanOfPermissions([...permissions, { effect: 'ALLOW', endpoints: [more], groups: [] }]);
        expect(rank(after.atLeast)).toBeGreaterThanOrEqual(rank(before.atLeast));
        expect(rank(after.atMost)).toBeGreaterThanOrEqual(rank(before.atMost));
      }),
    );
  });

  it('of which one is a DENY prove nothing: what it takes away is not known', () => {
    const allow = { effect: 'ALLOW', endpoints: ['POST /*'], groups: [] };
    expect(spanOfPermissions([allow, { effect: 'DENY', endpoints: ['POST /v1/x'], groups: [] }])).toEqual(
      open,
    );
  });

  it('that name a permission group leave everything possible', () => {
    const named = { endpoints: ['GET /*'], groups: ['billing'] };
    expect(spanOfPermissions([named])).toEqual({ atLeast: 'read', atMost: 'own' });
  });
});

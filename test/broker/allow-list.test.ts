import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { judge, type Rules } from '../../source/broker/allow-list.ts';
import { readTarget } from '../../source/broker/target.ts';
import type { Policy } from '../../source/profiles/profiles.ts';
import { lenientSegments } from './support/lenient.ts';

const own = '11111111-2222-4333-8444-555555555555';
const other = '99999999-2222-4333-8444-555555555555';

const rules = (scopes: Policy['scopes'], over: Partial<Rules> = {}): Rules => ({
  profileName: 'dev',
  policy: { scopes, clusters: [own] },
  organizationId: undefined,
  ...over,
});

/** What is decided about a request: its code where it is refused. */
function decided(method: string, path: string, allowed: Rules, organizationId?: string): string {
  const target = readTarget(path);
  if ('problem' in target) return 'malformed';
  const verdict = judge({ method, target, organizationId }, allowed);
  if (verdict.allowed) return verdict.hidesFields ? 'allowed, fields hidden' : 'allowed';
  expect(verdict.refusal.why).toMatch(/Nothing was sent to Cast AI\.$/);
  expect(verdict.refusal.next).toMatch(/\S/);
  return verdict.refusal.code;
}

const policies = `/v1/kubernetes/clusters/${own}/policies`;

describe('read:*', () => {
  const reader = rules(['read:*']);
  it.each(['GET', 'HEAD'])('lets %s pass everywhere', method => {
    for (const path of [policies, '/v1/organizations', '/v2/audit/events?page.limit=10', '/v1/regions']) {
      expect(decided(method, path, reader)).toBe('allowed');
    }
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('refuses %s', method => {
    expect(decided(method, policies, reader)).toBe('scope');
  });

  it.each(['OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'get', 'CONNECT', ''])(
    'refuses %s, which is no method of the API',
    method => {
      expect(decided(method, policies, rules(['admin:*']))).toBe('method');
    },
  );
});

describe('write:limited', () => {
  const limited = rules(['read:*', 'write:limited']);
  it.each([
    ['POST', policies],
    ['PUT', `/v1/kubernetes/clusters/${own.toUpperCase()}/policies`],
    ['POST', `/v1/kubernetes/external-clusters/${own}/hibernate`],
    ['DELETE', `/v1/kubernetes/external-clusters/${own}`],
    ['PATCH', `/v2/workload-autoscaling/clusters/${own}/workloads/w1`],
    ['POST', `/patching-engine/v1beta/organizations/${other}/clusters/${own}/pod-mutations`],
    ['POST', `/omni-provisioner/v1beta/organizations/${other}/clusters/${own}:onboard`],
    ['POST', `${policies}?clusterId=${own}`],
    ['GET', `/v1/kubernetes/external-clusters/${other}`],
  ])('lets %s %s pass', (method, path) => {
    expect(decided(method, path, limited)).toBe('allowed');
  });

  it.each([
    ['POST', `/v1/kubernetes/clusters/${other}/policies`],
    ['DELETE', `/v1/kubernetes/external-clusters/${other}`],
    ['POST', '/v1/kubernetes/external-clusters'],
    ['POST', '/v1/rebalancing-schedules'],
    ['POST', `/v1/kubernetes/clusters/${other}/clusters/${own}`],
    ['POST', `/v1/kubernetes/clusters/${own}/clusters/${other}`],
    ['POST', `/v1/anything?path=/clusters/${own}`],
    ['POST', `${policies}?clusterId=${other}`],
    ['POST', `${policies}?clusterId=${own}&filter.CLUSTERS=${other}`],
    ['POST', '/v1/kubernetes/clusters'],
  ])('refuses %s %s', (method, path) => {
    expect(decided(method, path, limited)).toBe('cluster');
  });

  it('refuses every write where the policy names no cluster', () => {
    const none = rules(['read:*', 'write:limited'], { policy: { scopes: ['write:limited'], clusters: [] } });
    expect(decided('POST', policies, none)).toBe('cluster');
    expect(decided('POST', '/v1/kubernetes/clusters//policies', none)).toBe('malformed');
  });

  it('alone reads no more than its clusters, and who and where one is', () => {
    const alone = rules(['write:limited']);
    expect(decided('GET', policies, alone)).toBe('allowed');
    expect(decided('GET', '/v1/me', alone)).toBe('allowed, fields hidden');
    expect(decided('GET', '/v1/kubernetes/external-clusters', alone)).toBe('allowed');
    expect(decided('GET', `/v1/kubernetes/external-clusters/${other}`, alone)).toBe('cluster');
    expect(decided('GET', '/v2/audit/events', alone)).toBe('cluster');
  });
});

describe('write:*', () => {
  it('lets writes pass, and not those that change who may do what', () => {
    const writer = rules(['read:*', 'write:*']);
    expect(decided('POST', '/v1/rebalancing-schedules', writer)).toBe('allowed');
    for (const path of [
      `/v1/organizations/${other}/role-bindings`,
      `/v1/organizations/${other}/service-accounts`,
      `/v1/organizations/${other}`,
      '/v1/organizations',
      `/v1/auth/tokens/${other}`,
      '/v1/invitations',
      `/organization-management/v1/enterprises/${other}/groups:batchCreate`,
      '/v1/sso-connections',
    ]) {
      expect([path, decided('PATCH', path, writer)]).toEqual([path, 'administration']);
    }
  });
});

describe('no scope at all', () => {
  it('lets nothing pass', () => {
    for (const method of ['GET', 'POST']) expect(decided(method, '/v1/me', rules([]))).toBe('scope');
  });
});

describe('credentials', () => {
  const everything = rules(['admin:*']);
  it.each([
    ['POST', `/v1/kubernetes/external-clusters/${own}/token`],
    ['GET', `/v1/kubernetes/external-clusters/${own}/TOKEN`],
    ['GET', `/v1/kubernetes/external-clusters/${own}/credentials-script?crossRole=true`],
    ['GET', `/v1/kubernetes/external-clusters/${own}/cleanup-script`],
    ['GET', '/v1/kubernetes/external-clusters/onboarding/connect-and-enable-castai-cmd'],
    ['GET', '/v1/agent.yaml'],
    ['GET', '/v1/agent.yaml?provider=eks'],
    ['GET', '/v1/scripts/eks/onboarding.sh'],
    ['GET', `/ai-optimizer/v1beta/organizations/${own}/onboarding-command`],
    ['GET', `/ai-optimizer/v1beta/organizations/${own}/model-registries:getOnboardingScript`],
    ['GET', `/omni-provisioner/v1beta/organizations/${own}/clusters/${own}/edge-locations/e:edgeInitdScript`],
    ['GET', `/savings/v1beta/organizations/${own}/commitments:getAWSReservedInstancesImportCMD`],
    ['GET', '/ai-optimizer/v1beta/setup-scripts/s1'],
    ['POST', '/v1/auth/tokens'],
    ['POST', `/v1/organizations/${own}/service-accounts/${other}/keys`],
    ['POST', `/ai-optimizer/v1beta/organizations/${own}/api-keys`],
  ])('are not handed out, whatever the policy says: %s %s', (method, path) => {
    expect(decided(method, path, everything)).toBe('credentials');
  });

  it.each([
    '/v1/me',
    '/v1/notifications/webhook-configurations',
    `/v1/notifications/webhook-configurations/${other}`,
    '/v1/auth/tokens',
    `/v1/organizations/${own}/service-accounts/${other}/keys`,
    `/v1/sso-connections/${other}`,
    `/ai-optimizer/v1beta/organizations/${own}/model-registries`,
    `/ai-optimizer/v1beta/organizations/${own}/api-keys`,
  ])('in fields are hidden: %s', path => {
    expect(decided('GET', path, everything)).toBe('allowed, fields hidden');
  });
});

describe('another organization', () => {
  const here = rules(['admin:*'], { organizationId: own });
  it('is none of a profile that names its own', () => {
    expect(decided('GET', `/v1/organizations/${own}/users`, here, own)).toBe('allowed');
    expect(decided('GET', `/v1/organizations/${other}/users`, here)).toBe('organization');
    expect(decided('GET', `/ai-optimizer/v1beta/organizations/${other}:generateAnalyticsReport`, here)).toBe(
      'organization',
    );
    expect(decided('GET', '/v1/regions', here, other)).toBe('organization');
    expect(decided('GET', '/v1/organizations/reservations/balance', here)).toBe('allowed');
    expect(decided('GET', '/v1/organizations', here)).toBe('allowed');
  });
});

describe('a path that can be read in two ways', () => {
  it.each([
    'http://api.cast.ai/v1/me',
    '//api.cast.ai/v1/me',
    '/v1//me',
    '/v1/./me',
    '/v1/../v1/me',
    '/v1/%2e%2e/me',
    '/v1/%2E/me',
    '/v1/.%2e/me',
    '/v1/me/',
    '/v1/me/..',
    '/v1/a%2fb',
    '/v1/a%2Fb',
    '/v1/a\\b',
    '/v1/a%5cb',
    '/v1/a%252fb',
    '/v1/a%00b',
    '/v1/a%0d%0ab',
    '/v1/me;x=1',
    '/v1/me%3bx',
    '/v1/me%23x',
    '/v1/me%3fx',
    '/v1/me.',
    '/v1/me%20',
    '/v1/%20me',
    '/v1/m\u00e9',
    '/v1/m%C3%A9',
    '/v1/%zz',
    '/v1/%2',
    '/v1/me#x',
    '/v1/me?x#y',
    '/v1/me?x y',
    'v1/me',
    '*',
    '',
    '/',
  ])('is none: %j', path => {
    expect(decided('GET', path, rules(['admin:*']))).toBe('malformed');
  });
});

describe('whatever is asked', () => {
  const words = fc.constantFrom(
    ...['v1', 'kubernetes', 'clusters', 'external-clusters', own, other, 'token', 'Token', 'tokens', 'auth'],
    ...[
      'policies',
      'agent.yaml',
      'x',
      'role-bindings',
      'organizations',
      'service-accounts',
      'keys',
      `${own}:scale`,
    ],
  );
  const separators = fc.constantFrom(
    ...[
      '/',
      '/',
      '/',
      '/',
      '//',
      '\\',
      '%2f',
      '%2F',
      '%5c',
      '%252f',
      '/./',
      '/../',
      '/%2e%2e/',
      '/%2e/',
      ';/',
      '/;x/',
    ],
    ...['%00/', '/..%2f', '/%20', '%20/', './', '..;/', '#/', '?/', '/%ef%bc%8f', '%c0%af'],
  );
  const odd = fc
    .tuple(
      fc.constantFrom('/', '', '//', '/./', 'http://api.cast.ai/', '\\'),
      fc.array(fc.tuple(words, separators), { minLength: 1, maxLength: 7 }),
      words,
    )
    .map(([start, parts, end]) => `${start}${parts.flat().join('')}${end}`);
  const plain = fc.array(words, { minLength: 1, maxLength: 5 }).map(parts => `/${parts.join('/')}`);
  const onCluster = fc
    .tuple(separators, words, fc.oneof(plain, fc.constant('')))
    .map(([separator, word, rest]) => `/v1/kubernetes/clusters/${own}${separator}${word}${rest}`);
  const targets = fc.oneof(odd, plain, onCluster);
  const methods = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'post');

  const passes = (method: string, target: string, allowed: Rules) =>
    decided(method, target, allowed).startsWith('allowed');
  const runs = { numRuns: 20_000 };
  let passed = 0;
  beforeEach(() => {
    passed = 0;
  });
  // A property that nothing ever gets to proves nothing.
  afterEach(() => expect(passed).toBeGreaterThan(100));

  it('nothing but GET and HEAD passes read:*', () => {
    fc.assert(
      fc.property(methods, targets, (method, target) => {
        if (!passes(method, target, rules(['read:*']))) return;
        passed += 1;
        expect(['GET', 'HEAD']).toContain(method);
      }),
      runs,
    );
  });

  it('no write passes write:limited that somebody could read as one elsewhere', () => {
    fc.assert(
      fc.property(methods, targets, (method, target) => {
        if (method === 'GET' || method === 'HEAD') return;
        if (!passes(method, target, rules(['read:*', 'write:limited']))) return;
        passed += 1;
        const segments = lenientSegments(target);
        const named = segments.flatMap((segment, at) =>
          /^(external-)?clusters$/.test(segment) ? [segments[at + 1]?.split(':')[0]] : [],
        );
        expect(named.length).toBeGreaterThan(0);
        expect(new Set(named)).toEqual(new Set([own]));
      }),
      runs,
    );
  });

  it('nothing passes that somebody could read as a request for a token', () => {
    fc.assert(
      fc.property(methods, targets, (method, target) => {
        if (!passes(method, target, rules(['admin:*']))) return;
        passed += 1;
        const segments = lenientSegments(target);
        expect(['token', 'agent.yaml']).not.toContain(segments.at(-1));
        if (method === 'POST') expect(segments.slice(-2)).not.toEqual(['auth', 'tokens']);
      }),
      runs,
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environments, parseScopes, recommendedPolicy } from '../../source/profiles/profiles.ts';

const scopes = ['read:*', 'write:limited', 'write:*', 'admin:*'] as const;

describe('a list of scopes', () => {
  it.each([
    ['read:*', ['read:*']],
    ['write:limited, read:*', ['read:*', 'write:limited']],
    [' read:* ,read:*', ['read:*']],
    ['admin:*,write:*,write:limited,read:*', scopes],
  ])('%j is understood', (list, understood) => {
    expect(parseScopes(list)).toEqual(understood);
  });

  it.each(['', 'read', 'read:*,', 'READ:*', 'write:all', '*', 'read:* write:*', 'toString'])(
    '%j is refused',
    list => {
      expect(() => parseScopes(list)).toThrow(
        expect.objectContaining({ code: 'usage', next: `choose from ${scopes.join(', ')}` }),
      );
    },
  );

  it('in any order, with any repetition, comes out the same', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...scopes), { minLength: 1 }), named => {
        expect(parseScopes(named.join(','))).toEqual(scopes.filter(scope => named.includes(scope)));
      }),
    );
  });
});

describe('the recommended policy', () => {
  it.each(environments)('of %s reads at most, but for staging', environment => {
    const { scopes: recommended, clusters, maxAgeDays } = recommendedPolicy(environment);
    expect(recommended).toEqual(environment === 'staging' ? ['read:*', 'write:limited'] : ['read:*']);
    expect({ clusters, maxAgeDays }).toEqual({ clusters: [], maxAgeDays: 90 });
  });
});

import { describe, expect, it } from 'vitest';
import { recommendedPolicy } from '../../source/profiles/profiles.ts';
import { grantFor } from '../../source/provision/provision.ts';

const policy = recommendedPolicy('production');
const everywhere = [{ kind: 'organization', id: 'org' }];

describe('a role slot', () => {
  it('for reading gets Viewer, whatever else the policy allows', () => {
    for (const scopes of [['read:*'], ['read:*', 'write:*'], ['admin:*']] as const)
      expect(grantFor('reader', { ...policy, scopes: [...scopes] }, 'org')).toMatchObject({
        role: { name: 'Viewer' },
        scopes: everywhere,
      });
  });

  it('for writing gets Member, on the named clusters only', () => {
    const limited = { ...policy, scopes: ['write:limited' as const], clusters: ['c1', 'c2'] };
    expect(grantFor('writer', limited, 'org')).toMatchObject({
      role: { name: 'Member' },
      scopes: [
        { kind: 'cluster', id: 'c1' },
        { kind: 'cluster', id: 'c2' },
      ],
    });
  });

  it('for writing everywhere gets Member of the organization, never more', () => {
    for (const scope of ['write:*', 'admin:*'] as const)
      expect(grantFor('writer', { ...policy, scopes: [scope] }, 'org')).toMatchObject({
        role: { name: 'Member' },
        scopes: everywhere,
      });
  });

  it.each([
    [['read:*'], /allows no writing/],
    [['write:limited'], /names none/],
  ] as const)('for writing under %j gets nothing', (scopes, why) => {
    expect(() => grantFor('writer', { ...policy, scopes: [...scopes] }, 'org')).toThrow(why);
  });
});

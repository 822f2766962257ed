import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Level, levels, type Span } from '../../source/privilege/level.ts';
import { asPersonalKey, noRights, type Rights, rightsFrom, together } from '../../source/privilege/rights.ts';
import {
  binding,
  customRole,
  group,
  holder,
  onCluster,
  organizationId,
  ownerId,
  roleIds,
} from './support/records.ts';

const exactly = (level: Level): Span => ({ atLeast: level, atMost: level });
const perhaps = (level: Level): Span => ({ atLeast: 'none', atMost: level });
const withRole = (...given: Parameters<typeof binding>) => rightsFrom(holder, [binding(...given)], [], []);

describe('the rights of an owner', () => {
  it.each([
    ['owner', 'own'],
    ['member', 'operate'],
    ['viewer', 'read'],
    ['enterpriseOwner', 'own'],
  ] as const)('are those of the built-in role %s, also where roles can not be read', (role, level) => {
    expect(withRole({ roleId: roleIds[role] })).toEqual({ ...noRights, organization: exactly(level) });
  });

  it('are on the clusters of its bindings only', () => {
    const bindings = [
      binding({ id: '1', roleId: roleIds.member, ...onCluster('c1') }),
      binding({ id: '2', roleId: roleIds.viewer, ...onCluster('c2') }),
    ];
    expect(rightsFrom(holder, bindings, [], [])).toEqual({
      organization: exactly('none'),
      clusters: { c1: exactly('operate'), c2: exactly('read') },
      doubts: [],
    });
  });

  it('are not those of somebody else, nor of a group it is not in', () => {
    const theirs = { roleId: roleIds.owner, subjects: [{ kind: 'service-account', id: 'other' }] } as const;
    const ofGroup = { roleId: roleIds.owner, subjects: [{ kind: 'group', id: 'group' }] } as const;
    expect(rightsFrom(holder, [binding({ ...theirs })], [], [])).toEqual(noRights);
    expect(rightsFrom(holder, [binding({ ...ofGroup })], [], [])).toEqual(noRights);
    expect(rightsFrom(holder, [binding({ ...ofGroup })], [], [group('other')])).toEqual(noRights);
  });

  it('are those of its groups too; of a group that does not list its members, perhaps', () => {
    const ofGroup = binding({ roleId: roleIds.member, subjects: [{ kind: 'group', id: 'group' }] });
    expect(rightsFrom(holder, [ofGroup], [], [group('other', ownerId)]).organization).toEqual(
      exactly('operate'),
    );
    const unsure = rightsFrom(holder, [ofGroup], [], [group()]);
    expect(unsure).toMatchObject({ organization: perhaps('operate'), doubts: [{}] });
  });

  it.each([
    ['still being granted', { status: [{ state: 'ACCEPTED' }] }],
    ['that failed, and may have been an update', { status: [{ state: 'FAILED' }] }],
    ['on a resource', { scopes: [{ kind: 'resource', id: 'r' }] }],
    ['on something new', { scopes: [{ kind: 'unknown' }] }],
    ['on nothing that is told', { scopes: [] }],
    ['on another organization', { scopes: [{ kind: 'organization', id: 'other' }] }],
    ['for a subject of a new kind', { subjects: [{ kind: 'unknown' }] }],
  ] as const)('are only possible by a binding %s', (_what, over) => {
    const rights = rightsFrom(holder, [binding({ roleId: roleIds.owner, ...over })], [], []);
    expect(rights.organization).toEqual(perhaps('own'));
    expect(rights.doubts).toHaveLength(1);
  });

  it('reach down from the enterprise by its own roles; by others perhaps', () => {
    const below = { ...holder, enterpriseId: 'enterprise' };
    const scopes = [{ kind: 'organization', id: 'enterprise' } as const];
    const by = (roleId: string) => rightsFrom(below, [binding({ roleId, scopes })], [], []).organization;
    expect(by(roleIds.enterpriseOwner)).toEqual(exactly('own'));
    expect(by(roleIds.owner)).toEqual(perhaps('own'));
  });

  describe('by a custom role', () => {
    const by = (...roles: Parameters<typeof rightsFrom>[2]) =>
      rightsFrom(holder, [binding({ roleId: 'custom' })], roles, []);

    it('are what its permissions say, whatever it is called', () => {
      expect(by(customRole('GET /*')).organization).toEqual(exactly('read'));
      expect(by(customRole('GET /*', 'POST /v1/kubernetes/*')).organization).toEqual(exactly('operate'));
      expect(by(customRole('POST /v1/organizations/*')).organization).toEqual(exactly('own'));
    });

    it.each([
      ['is not listed', []],
      ['says nothing of its permissions', [{ ...customRole(), permissions: [] }]],
      ['has endpoints nobody can read', [customRole('everything')]],
    ])('that %s can not be told', (_what, roles) => {
      expect(by(...roles)).toMatchObject({ organization: { atMost: 'own', atLeast: 'none' }, doubts: [{}] });
    });

    it('that took the id of a built-in one is not taken for it', () => {
      const posing = { ...customRole('POST /v1/organizations/*'), id: roleIds.viewer };
      expect(rightsFrom(holder, [binding()], [posing], []).organization).toEqual(exactly('own'));
    });
  });

  it('by Analyst, which Cast AI calls its own, are between Viewer and Member', () => {
    const analyst = { id: 'custom', name: 'Analyst', isDefault: true, permissions: [] };
    expect(rightsFrom(holder, [binding({ roleId: 'custom' })], [analyst], []).organization).toEqual(
      exactly('analyse'),
    );
  });
});

describe('a personal key', () => {
  const asOwner = { ...noRights, organization: exactly('own'), clusters: { c: exactly('operate') } };

  it('that is read-only reads, whatever its owner may', () => {
    expect(asPersonalKey(asOwner, true)).toMatchObject({
      organization: exactly('read'),
      clusters: { c: exactly('read') },
    });
  });

  it('that is not has its owner’s rights', () => {
    expect(asPersonalKey(asOwner, false)).toEqual(asOwner);
  });

  it('of which that is not known reads at least', () => {
    const rights = asPersonalKey(asOwner, undefined);
    expect(rights.organization).toEqual({ atLeast: 'read', atMost: 'own' });
    expect(rights.doubts).toEqual([expect.objectContaining({ cure: 'adopt' })]);
  });
});

describe('of any bindings', () => {
  const rank = (level: Level) => levels.indexOf(level);
  const any = fc
    .record({
      roleId: fc.constantFrom(...Object.values(roleIds), 'custom', 'unheard-of'),
      scopes: fc.array(
        fc.constantFrom(
          { kind: 'organization', id: organizationId } as const,
          { kind: 'cluster', id: 'c1' } as const,
          { kind: 'cluster', id: 'c2' } as const,
          { kind: 'unknown' } as const,
        ),
      ),
      subjects: fc.array(
        fc.constantFrom(
          { kind: 'user', id: ownerId } as const,
          { kind: 'group', id: 'group' } as const,
          { kind: 'user', id: 'other' } as const,
        ),
      ),
      status: fc.array(fc.constantFrom({ state: 'CREATED' }, { state: 'ACCEPTED' }), { maxLength: 1 }),
    })
    .map(over => binding(over));
  const from = (bindings: Parameters<typeof rightsFrom>[1]) =>
    rightsFrom(holder, bindings, [customRole('GET /*', 'odd')], [group(ownerId)]);
  const spans = ({ organization, clusters }: Rights) => [organization, ...Object.values(clusters)];

  it('no more is proven than is possible, and what is not exact has a reason', () => {
    fc.assert(
      fc.property(fc.array(any), bindings => {
        const rights = from(bindings);
        for (const { atLeast, atMost } of spans(rights)) {
          expect(rank(atLeast)).toBeLessThanOrEqual(rank(atMost));
          if (atLeast !== atMost) expect(rights.doubts).not.toEqual([]);
        }
      }),
    );
  });

  it('their order and repetition do not matter, and two lists give what both together give', () => {
    fc.assert(
      fc.property(fc.array(any), fc.array(any), (some, others) => {
        const { doubts: _, ...whole } = from([...some, ...others]);
        expect(together(from(some), from(others))).toMatchObject(whole);
        const { doubts: __, ...again } = from([...others, ...some, ...some]);
        expect(again).toEqual(whole);
      }),
    );
  });
});

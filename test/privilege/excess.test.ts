import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allows, describeRights, excess } from '../../source/privilege/excess.ts';
import { type Level, levels, type Span } from '../../source/privilege/level.ts';
import { noRights, type Rights } from '../../source/privilege/rights.ts';
import type { Policy, Scope } from '../../source/profiles/profiles.ts';

const exactly = (level: Level): Span => ({ atLeast: level, atMost: level });
const policy = (scopes: readonly Scope[], clusters: readonly string[] = []): Policy => ({
  scopes: [...scopes],
  clusters: [...clusters],
  maxAgeDays: 90,
});
const rights = (organization: Level, clusters: Readonly<Record<string, Level>> = {}): Rights => ({
  ...noRights,
  organization: exactly(organization),
  clusters: Object.fromEntries(Object.entries(clusters).map(([id, level]) => [id, exactly(level)])),
});

describe('a policy', () => {
  it.each([
    [policy([]), { organization: 'none', clusters: [] }],
    [policy(['read:*']), { organization: 'read', clusters: [] }],
    [policy(['read:*'], ['c1']), { organization: 'read', clusters: [] }],
    [policy(['write:limited'], ['c1']), { organization: 'none', clusters: ['c1'] }],
    [policy(['write:limited']), { organization: 'none', clusters: 'unnamed' }],
    [policy(['read:*', 'write:*']), { organization: 'operate', clusters: [] }],
    [policy(['admin:*', 'read:*']), { organization: 'own', clusters: [] }],
  ])('%j allows %j', (given, allowance) => {
    expect(allows(given)).toEqual(allowance);
  });
});

describe('a key', () => {
  it.each([
    ['a Viewer', rights('read'), policy(['read:*'])],
    [
      'a Viewer that is Member on the named clusters',
      rights('read', { c1: 'operate' }),
      policy(['read:*', 'write:limited'], ['c1', 'c2']),
    ],
    ['a Member', rights('operate', { c1: 'operate' }), policy(['write:*'])],
    ['an Owner', rights('own'), policy(['admin:*'])],
    ['nobody', noRights, policy([])],
  ])('of %s is within a policy that says so', (_who, has, allowed) => {
    expect(excess(has, allowed)).toEqual({ verdict: 'within' });
  });

  it.each([
    ['Member on the organization', 'Viewer', rights('operate'), policy(['read:*'])],
    ['Analyst on the organization', 'Viewer', rights('analyse'), policy(['read:*'])],
    ['Owner on the organization', 'Member', rights('own'), policy(['write:*'])],
    [
      'Member on the organization',
      'Viewer and Member on cluster c1 only',
      rights('operate'),
      policy(['read:*', 'write:limited'], ['c1']),
    ],
    [
      'Member on cluster c2',
      'Viewer and Member on cluster c1 only',
      rights('read', { c1: 'operate', c2: 'operate' }),
      policy(['read:*', 'write:limited'], ['c1']),
    ],
    [
      'Viewer on the organization',
      'Member on clusters c1, c2 only',
      rights('read', { c1: 'operate' }),
      policy(['write:limited'], ['c1', 'c2']),
    ],
    [
      'Owner on cluster c1',
      'Viewer and Member on cluster c1 only',
      rights('read', { c1: 'own' }),
      policy(['read:*', 'write:limited'], ['c1']),
    ],
    [
      'Owner on cluster c1',
      'Member on the clusters it is for only',
      rights('none', { c1: 'own' }),
      policy(['write:limited']),
    ],
    ['Viewer on the organization', 'no role', rights('read'), policy([])],
  ])('with %s has too much where %s would do', (beyond, sufficient, has, allowed) => {
    expect(excess(has, allowed)).toEqual({ verdict: 'exceeds', beyond, sufficient });
  });

  it('that writes to clusters a policy does not name is not judged: the policy is to name them', () => {
    expect(excess(rights('read', { c1: 'operate' }), policy(['read:*', 'write:limited']))).toMatchObject({
      verdict: 'unclear',
      doubts: [{ cure: 'name-clusters', words: expect.stringContaining('cluster c1') }],
    });
  });

  it('of which more is possible than its policy allows is not judged', () => {
    const doubts = [{ words: 'its groups could not be read' }];
    const unsure = { ...noRights, organization: { atLeast: 'read', atMost: 'own' }, doubts } as const;
    expect(excess(unsure, policy(['read:*']))).toMatchObject({ verdict: 'unclear', doubts });
    expect(excess(unsure, policy(['admin:*']))).toEqual({ verdict: 'within' });
  });

  it('is described by what it has, the most first', () => {
    const has = rights('read', { c1: 'operate', c2: 'operate', c3: 'operate', c4: 'operate' });
    expect(describeRights(has)).toBe('Member on clusters c1, c2, c3 and 1 more, Viewer on the organization');
    expect(describeRights(noRights)).toBe('no role at all');
  });
});

describe('of any rights and policies', () => {
  const level = fc.constantFrom(...levels);
  const span = fc.tuple(level, level).map(([one, other]): Span => {
    const [atLeast = one, atMost = other] = [one, other].toSorted(
      (a, b) => levels.indexOf(a) - levels.indexOf(b),
    );
    return { atLeast, atMost };
  });
  const anyRights = fc.record({
    organization: span,
    clusters: fc.dictionary(fc.constantFrom('c1', 'c2'), span),
    doubts: fc.constant([{ words: 'some' }]),
  });
  const anyPolicy = fc
    .record({
      scopes: fc.uniqueArray(fc.constantFrom<Scope>('read:*', 'write:limited', 'write:*', 'admin:*')),
      clusters: fc.uniqueArray(fc.constantFrom('c1', 'c2')),
    })
    .map(({ scopes, clusters }) => policy(scopes, clusters));
  const badness = { within: 0, unclear: 1, exceeds: 2 } as const;
  const judged = (has: Rights, allowed: Policy) => badness[excess(has, allowed).verdict];

  it('everything is within a policy that allows everything', () => {
    fc.assert(
      fc.property(anyRights, has => {
        expect(judged(has, policy(['admin:*']))).toBe(badness.within);
      }),
    );
  });

  it('a wider policy is never harder to keep', () => {
    fc.assert(
      fc.property(
        anyRights,
        anyPolicy,
        fc.constantFrom<Scope>('read:*', 'write:*', 'admin:*'),
        (has, allowed, more) => {
          const wider = { ...allowed, scopes: [...allowed.scopes, more] };
          expect(judged(has, wider)).toBeLessThanOrEqual(judged(has, allowed));
        },
      ),
    );
  });

  it('knowing less never settles what was open the other way, and never proves more', () => {
    fc.assert(
      fc.property(anyRights, anyPolicy, (has, allowed) => {
        const forgotten = { ...has, organization: { atLeast: 'none', atMost: 'own' } } as const;
        if (judged(forgotten, allowed) === badness.within)
          expect(judged(has, allowed)).not.toBe(badness.exceeds);
        if (judged(has, allowed) === badness.within)
          expect(judged(forgotten, allowed)).not.toBe(badness.exceeds);
      }),
    );
  });

  it('what is not settled has a reason', () => {
    fc.assert(
      fc.property(anyRights, anyPolicy, (has, allowed) => {
        const found = excess(has, allowed);
        if (found.verdict === 'unclear') expect(found.doubts.length).toBeGreaterThan(0);
      }),
    );
  });
});

import { expect, it } from 'vitest';
import { boardMaker, timeLeft } from '../../../source/commands/dashboard/board.ts';
import { collected } from '../../../source/commands/dashboard/collected.ts';
import { type Config, recommendedPolicy } from '../../../source/profiles/profiles.ts';

const now = new Date('2026-03-01T00:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
const credential = (over: Partial<Config['credentials'][string]>) => ({
  origin: 'https://api.cast.ai',
  addedAt: ago(5),
  fingerprint: 'f',
  store: 'keychain' as const,
  ...over,
});
it('the board has every profile in its order, with what was measured and which one is used', () => {
  const profile = {
    environment: 'staging',
    region: 'practice',
    origin: 'http://127.0.0.1',
    authorization: 'x-api-key',
    policy: recommendedPolicy('staging'),
    slots: { writer: 'w' },
  } as const;
  const board = boardMaker()({
    config: {
      version: 1,
      installId: 'i',
      profiles: {
        one: { ...profile, policy: { ...profile.policy } },
        two: { ...profile, slots: { reader: 'gone' } },
      },
      credentials: { w: credential({ createdAt: ago(3) }) },
      admins: {},
    } as unknown as Config,
    store: 'keychain',
    used: { name: 'two', because: 'used here, by --profile' },
    policyOf: () => ({ ...profile.policy, maxAgeDays: 30 }),
    measuredOf: name => (name === 'one' ? { checks: [], at: now.toISOString() } : undefined),
    unfinished: [],
    now,
  });
  expect(board.profiles.map(({ name, practice, usedBecause }) => [name, practice, usedBecause])).toEqual([
    ['one', true, undefined],
    ['two', true, 'used here, by --profile'],
  ]);
  const [one, two] = board.profiles;
  expect(one).toMatchObject({
    measuredAt: now.toISOString(),
    checks: [],
    keys: [{ role: 'writer', left: 27 }],
  });
  expect(two?.keys).toEqual([]);
  expect(two?.checks.map(({ state }) => state)).toContain('unknown');
});

it('what a command prints is kept in lines, without blank ones at the ends', () => {
  const { stream, lines } = collected(78);
  expect(lines()).toEqual([]);
  stream.write('\n\n  a  \n');
  stream.write('\nb\n\n');
  expect(lines()).toEqual(['  a', '', 'b']);
  expect([stream.columns, stream.isTTY]).toEqual([78, false]);
});

it('time that is left is said in its two largest units', () => {
  const left = (seconds: number) => timeLeft(new Date(now.getTime() + seconds * 1000).toISOString(), now);
  expect([left(108_000), left(10_920), left(61), left(5), left(0), left(-1)]).toEqual([
    '1 d 6 h',
    '3 h 2 min',
    '1 min 1 s',
    '5 s',
    '0 s',
    '0 s',
  ]);
});

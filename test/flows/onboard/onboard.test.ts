import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { onboardQuestions } from '../../../source/flows/onboard/onboard.ts';
import { type PracticeServer, startPractice } from '../../../source/practice/practice.ts';
import { recommendedPolicy } from '../../../source/profiles/profiles.ts';
import { aProfile } from '../../profiles/support/configs.ts';
import { aKey } from '../../support/install.ts';
import { atUrl, NewMachine, nothing } from '../support/new-machine.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPractice();
});
afterAll(() => server.close());

let machine: NewMachine;
beforeEach(() => {
  machine = new NewMachine(server);
  server.control.behave({ failures: [] });
  return () => machine[Symbol.dispose]();
});

describe('onboarding', () => {
  it('ends with a verified key in the reader slot of an active profile', async () => {
    const { outcome, asked } = await machine.setUp(atUrl('staging', server, server.keys.viewer));
    expect(outcome).toEqual({
      type: 'finished',
      value: { profiles: [{ name: 'staging', checks: [] }] },
    });
    expect(asked).toEqual([
      'environments',
      'profile.region',
      'profile.url',
      'staging.roles',
      'staging.source.reader',
      'staging.key.reader',
    ]);
    expect(machine.standing).toMatchObject({
      activeProfile: 'staging',
      profiles: {
        staging: {
          environment: 'staging',
          origin: server.url,
          organization: { id: server.organizationId, name: 'Practice' },
          policy: { scopes: ['read:*'] },
          slots: { reader: server.keys.viewer.reveal() },
        },
      },
      registered: 1,
      values: 1,
    });
  });

  it('takes the practice key where one practises and gives none', async () => {
    const { outcome } = await machine.setUp(['development', 'practice', 'reader', 'paste', '']);
    expect(outcome.type).toBe('finished');
    expect(machine.standing.profiles).toMatchObject({
      development: { region: 'practice', slots: { reader: server.keys.viewer.reveal() } },
    });
  });

  it('asks for the name of another environment, and for one of several organizations', async () => {
    const { outcome, asked } = await machine.setUp([
      'other',
      'constructor',
      'sand box',
      'sandbox',
      'url',
      'http://api.example.com',
      server.url,
      'reader',
      'paste',
      server.keys.personal.reveal(),
      'no such organization',
      server.organizationId,
    ]);
    expect(outcome.type).toBe('finished');
    expect(asked.filter(id => id === 'profile.name')).toHaveLength(3);
    expect(asked.filter(id => id === 'profile.url')).toHaveLength(2);
    expect(machine.standing.profiles).toMatchObject({
      sandbox: { organization: { id: server.organizationId } },
    });
  });

  it('asks for another key until one works, and stores only that', async () => {
    const [first = '', ...others] = atUrl('development', server, aKey('z'));
    const { outcome, asked } = await machine.setUp([
      first,
      ...others,
      'two words',
      server.keys.viewer.reveal(),
    ]);
    expect(outcome.type).toBe('finished');
    expect(asked.filter(id => id === 'development.key.reader')).toHaveLength(3);
    expect(machine.standing).toMatchObject({ registered: 1, values: 1 });
  });

  it('only asks what it says it may ask', async () => {
    const { asked } = await machine.setUp([
      'other',
      'sandbox',
      'url',
      server.url,
      'reader',
      'paste',
      server.keys.personal.reveal(),
      server.organizationId,
    ]);
    for (const id of asked) expect(onboardQuestions).toContain(id.replace(/^sandbox\./, ''));
  });

  it('that was begun before asks only for the rest', async () => {
    await machine.setUp(atUrl('staging', server, server.keys.viewer));
    const before = machine.standing;
    const { outcome, asked } = await machine.setUp([], { profile: 'staging' });
    expect(outcome.type).toBe('finished');
    expect(asked).toEqual([]);
    expect(machine.standing).toEqual(before);
  });

  it('of a profile that was added without a key asks for that, and remembers its organization', async () => {
    await machine.install.update(config => ({
      ...config,
      profiles: {
        staging: aProfile({
          environment: 'staging',
          policy: recommendedPolicy('development'),
          region: server.url,
          origin: server.url,
        }),
      },
    }));
    const { outcome, asked } = await machine.setUp(['paste', server.keys.viewer.reveal()]);
    expect(outcome.type).toBe('finished');
    expect(asked).toEqual(['staging.source.reader', 'staging.key.reader']);
    expect(machine.standing.profiles).toMatchObject({
      staging: {
        organization: { id: server.organizationId },
        slots: { reader: server.keys.viewer.reveal() },
      },
    });
  });

  it('puts a new key in the place of one that no longer works', async () => {
    await machine.setUp(atUrl('staging', server, server.keys.member));
    await server.control.disable(server.keyIds.member);
    const { outcome, asked } = await machine.setUp(['paste', server.keys.viewer.reveal()], {
      profile: 'staging',
    });
    await server.control.enable(server.keyIds.member);
    expect(outcome.type).toBe('finished');
    expect(asked).toEqual(['staging.source.reader', 'staging.key.reader']);
    expect(machine.standing.profiles).toMatchObject({
      staging: { slots: { reader: server.keys.viewer.reveal() } },
    });
  });

  it('does not ask for a new key because Cast AI can not be asked about the stored one', async () => {
    await machine.setUp(atUrl('staging', server, server.keys.viewer));
    const before = machine.standing;
    server.control.behave({ failures: [{ kind: 'html200' }] });
    const { outcome, asked } = await machine.setUp([], { profile: 'staging' });
    expect(outcome).toMatchObject({ type: 'failed', error: { exitCode: 6 } });
    expect(asked).toEqual([]);
    expect(machine.standing).toEqual(before);
  });

  it.each(['', 'a/b', '.hidden', 'constructor', '\u001b[2J'])(
    'for a profile named %j is refused',
    async profile => {
      const { outcome } = await machine.setUp(atUrl('staging', server, server.keys.viewer), { profile });
      expect(outcome).toMatchObject({ type: 'failed', error: { code: 'usage', exitCode: 2 } });
      expect(machine.standing).toEqual(nothing);
    },
  );
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FlowEvent, play } from '../../source/flow/flow.ts';
import { addKey, type KeyToAdd } from '../../source/flows/add-key.ts';
import type { Install } from '../../source/install/install.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import type { Secret } from '../../source/keychain/secret.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { findProfile, type Profile } from '../../source/profiles/profiles.ts';
import { type Line, saying } from '../flow/support/front-end.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { aKey, installIn } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { standingOf } from './support/standing.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPractice();
});
afterAll(() => server.close());

describe('adding a key', () => {
  let directory: TemporaryDirectory;
  let entries: Map<string, Secret>;
  let install: Install;
  beforeEach(async () => {
    directory = temporaryDirectory();
    entries = new Map();
    install = installIn(directory.path, memoryKeychain({ entries }));
    await register({});
    server.control.behave({ failures: [] });
    return () => directory[Symbol.dispose]();
  });
  const register = (over: Partial<Profile>) =>
    install.update(config => ({
      ...config,
      profiles: { dev: aProfile({ region: server.url, origin: server.url, ...over }) },
    }));

  const add = async (
    wanted: Partial<KeyToAdd>,
    lines: readonly Line[] = [],
    watch?: (event: FlowEvent, interrupt: () => void) => void,
  ) => {
    const controller = new AbortController();
    const frontEnd = saying(...lines);
    const story = () =>
      addKey({
        install,
        profileName: 'dev',
        profile: findProfile(install.config(), 'dev'),
        role: 'reader',
        replace: false,
        allowUnverified: false,
        reach: async () => {},
        ...wanted,
      });
    const outcome = await play(story, {
      name: 'add-key',
      title: 'Add a key',
      frontEnd: {
        ...frontEnd,
        show: event => {
          frontEnd.show(event);
          watch?.(event, () => controller.abort());
        },
      },
      signal: controller.signal,
    });
    return { outcome, events: frontEnd.events, asked: frontEnd.asked.map(({ id }) => id) };
  };
  const standing = () => standingOf(install, entries);

  it('that is given asks nothing, and remembers the organization of the profile', async () => {
    const { outcome, asked } = await add({ given: server.keys.viewer });
    expect(outcome.type).toBe('finished');
    expect(asked).toEqual([]);
    expect(standing()).toMatchObject({
      profiles: {
        dev: { slots: { reader: server.keys.viewer.reveal() }, organization: { name: 'Practice' } },
      },
      registered: 1,
    });
  });

  it('that is pasted asks until one works', async () => {
    const { outcome, asked } = await add({ role: 'writer' }, [
      aKey('z').reveal(),
      server.keys.member.reveal(),
    ]);
    expect(outcome.type).toBe('finished');
    expect(asked).toEqual(['key.writer', 'key.writer']);
    expect(standing().profiles).toMatchObject({ dev: { slots: { writer: server.keys.member.reveal() } } });
  });

  it('of an admin puts it in the place of the organization, not in a slot', async () => {
    await add({ role: 'admin', given: server.keys.admin });
    expect(standing()).toMatchObject({
      admins: { [`${server.url} ${server.organizationId}`]: server.keys.admin.reveal() },
      profiles: { dev: { slots: {} } },
    });
  });

  it('that may not even ask whose it is stores it, with a warning', async () => {
    server.control.behave({ failures: [{ kind: 'forbidden', path: '/v1/me' }] });
    const { outcome, events } = await add({ given: server.keys.viewer });
    expect(outcome.type).toBe('finished');
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'noted', tone: 'warning', text: expect.stringContaining('alive') }),
    );
  });

  const refusals: readonly (readonly [string, () => Promise<Partial<KeyToAdd>>, object])[] = [
    ['that Cast AI refuses', async () => ({ given: aKey('z') }), { code: 'key-invalid', exitCode: 5 }],
    [
      'of another organization',
      async () => {
        await register({ organization: { id: server.organizationId } });
        return { given: server.keys.stranger };
      },
      { code: 'organization-mismatch', exitCode: 5 },
    ],
    [
      'that can not be tried',
      async () => {
        server.control.behave({ failures: [{ kind: 'html200' }] });
        return { given: server.keys.viewer };
      },
      { exitCode: 6 },
    ],
    [
      'that is an admin of nobody knows what',
      async () => {
        server.control.behave({ failures: [{ kind: 'forbidden' }] });
        return { role: 'admin', given: server.keys.admin };
      },
      { code: 'usage', exitCode: 2 },
    ],
  ];

  it.each(refusals)('%s stores nothing', async (_what, prepare, error) => {
    const wanted = await prepare();
    const before = standing();
    const { outcome } = await add(wanted);
    expect(outcome).toMatchObject({ type: 'failed', error });
    expect(standing()).toEqual(before);
  });

  it('that can not be tried stores it where that is wanted, as unverified', async () => {
    server.control.behave({ failures: [{ kind: 'html200' }] });
    const { outcome } = await add({ given: server.keys.viewer, allowUnverified: true });
    expect(outcome.type).toBe('finished');
    const [credential] = Object.values(install.config()?.credentials ?? {});
    expect(credential).not.toHaveProperty('verifiedAt');
  });

  it('that Cast AI refuses is not stored, even where an unverified one would be', async () => {
    const { outcome } = await add({ given: aKey('z'), allowUnverified: true });
    expect(outcome).toMatchObject({ error: { code: 'key-invalid' } });
    expect(standing()).toMatchObject({ registered: 0 });
  });

  it('to a slot that is taken leaves the old one, unless it is to be replaced', async () => {
    await add({ given: server.keys.viewer });
    const before = standing();
    expect((await add({ given: server.keys.member })).outcome).toMatchObject({
      error: { code: 'slot-taken' },
    });
    expect(standing()).toEqual(before);
    await add({ given: server.keys.member, replace: true });
    expect(standing()).toMatchObject({
      profiles: { dev: { slots: { reader: server.keys.member.reveal() } } },
      values: 2,
    });
  });

  it('that is interrupted in any step leaves nothing, not even the organization', async () => {
    const before = standing();
    for (const id of ['key.verify', 'organization.match', 'key.store']) {
      const { outcome } = await add({ given: server.keys.viewer }, [], (event, interrupt) => {
        if (event.type === 'step-started' && event.id === id) interrupt();
      });
      expect(outcome.type).toBe('cancelled');
      expect(standing()).toEqual(before);
    }
  });

  it('tries other regions only for a built-in one, and only after asking', async () => {
    const { asked } = await add({}, [aKey('z').reveal()]);
    expect(asked).toEqual(['key.reader', 'key.reader']);
  });
});

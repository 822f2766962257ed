import { beforeEach, describe, expect, it } from 'vitest';
import { type SwitchWanted, switchProfile } from '../../source/flows/switch-profile.ts';
import type { Install } from '../../source/install/install.ts';
import { type Credential, findPin, isAgreedTo } from '../../source/profiles/profiles.ts';
import { back, type Line, playing } from '../flow/support/front-end.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { installIn, today } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

describe('switching the profile', () => {
  let directory: TemporaryDirectory;
  let install: Install;
  beforeEach(async () => {
    directory = temporaryDirectory();
    install = installIn(directory.at('home'));
    await install.update(config => ({
      ...config,
      activeProfile: 'dev',
      profiles: { dev: aProfile(), staging: aProfile(), prod: aProfile({ environment: 'production' }) },
    }));
    return () => directory[Symbol.dispose]();
  });
  const active = () => install.config()?.activeProfile;
  const use = (lines: readonly Line[], wanted: Partial<SwitchWanted> = {}) =>
    playing(() => switchProfile({ install, config: install.config(), ...wanted }), lines);

  it('to one that is named asks nothing', async () => {
    const { outcome, told } = await use([], { name: 'staging' });
    expect(outcome).toEqual({ type: 'finished', value: 'staging' });
    expect(told.filter(event => event.startsWith('asked'))).toEqual([]);
    expect(active()).toBe('staging');
  });

  it('picks from those there are, the active one first in line', async () => {
    const { outcome, events } = await use(['staging']);
    expect(outcome).toMatchObject({ value: 'staging' });
    expect(events.find(({ type }) => type === 'asked')).toMatchObject({
      question: { fallback: 'dev', choices: [{ value: 'dev' }, { value: 'staging' }, { value: 'prod' }] },
    });
  });

  it('picks by environment, region, organization, and the age and state of each key', async () => {
    const daysAgo = (days: number) => new Date(today.getTime() - days * 86_400_000).toISOString();
    const credential = (over: Partial<Credential>): Credential => ({
      origin: 'https://api.cast.ai',
      addedAt: daysAgo(3),
      fingerprint: 'f',
      store: 'keychain',
      ...over,
    });
    await install.update(config => ({
      ...config,
      profiles: {
        dev: aProfile({
          region: 'eu',
          organization: { id: 'o', name: 'Acme' },
          slots: { reader: 'a', writer: 'b' },
        }),
        prod: aProfile({ environment: 'production', slots: { reader: 'c', writer: 'd' } }),
        empty: aProfile(),
      },
      credentials: {
        a: credential({ createdAt: daysAgo(80) }),
        b: credential({}),
        c: credential({ createdAt: daysAgo(100) }),
        d: credential({ createdAt: daysAgo(1), expiresAt: daysAgo(1) }),
      },
    }));
    const { events } = await use(['dev']);
    const asked = events.find(event => event.type === 'asked');
    const hints = asked && 'choices' in asked.question ? asked.question.choices.map(({ hint }) => hint) : [];
    expect(hints).toEqual([
      'development · eu · Acme · reader 80 days old, due in 10 days · writer at least 3 days old',
      'PRODUCTION · us · reader 100 days old, OVERDUE · writer EXPIRED',
      'development · us · no key yet',
    ]);
  });

  it('to production is asked once more, and not done without a yes', async () => {
    expect((await use([false], { name: 'prod' })).outcome).toMatchObject({
      type: 'failed',
      error: { code: 'cancelled', exitCode: 130, message: 'Nothing was switched.' },
    });
    expect(active()).toBe('dev');
    expect((await use([true], { name: 'prod' })).outcome).toMatchObject({ value: 'prod' });
    expect(active()).toBe('prod');
  });

  it('may be gone back over before it is done', async () => {
    const { outcome } = await use(['prod', back, 'staging']);
    expect(outcome).toMatchObject({ value: 'staging' });
    expect(active()).toBe('staging');
  });

  it('to one that there is not is refused', async () => {
    expect((await use([], { name: 'moon' })).outcome).toMatchObject({ error: { code: 'profile-unknown' } });
    expect((await use([], { config: undefined })).outcome).toMatchObject({
      error: { code: 'profile-missing' },
    });
  });

  it('in a directory pins it there, agreed to, and leaves the active one', async () => {
    const { outcome } = await use([true], { name: 'prod', pinIn: directory.path });
    expect(outcome).toMatchObject({ value: 'prod' });
    const pin = findPin(directory.path);
    expect(pin).toMatchObject({ profile: 'prod' });
    expect(pin && isAgreedTo(install.home, pin)).toBe(true);
    expect(active()).toBe('dev');
  });

  it('is taken back when it is cancelled while it is done', async () => {
    const controller = new AbortController();
    const interrupting: Install = {
      ...install,
      update: change => {
        controller.abort();
        return install.update(change);
      },
    };
    const story = () => switchProfile({ install: interrupting, config: install.config(), name: 'staging' });
    const { outcome } = await playing(story, [], { signal: controller.signal });
    expect(outcome.type).toBe('cancelled');
    expect(active()).toBe('dev');
  });
});

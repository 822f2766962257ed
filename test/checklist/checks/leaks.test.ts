import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../source/checklist/check.ts';
import { leaks } from '../../../source/checklist/checks/leaks.ts';
import type { Config } from '../../../source/profiles/profiles.ts';
import { gitEnv, type Workshop, workshop } from '../../leaks/support/git.ts';
import { keyOf } from '../../leaks/support/keys.ts';
import { scanning } from '../../leaks/support/scanning.ts';
import { today } from '../../support/install.ts';
import { homeIn, type TemporaryDirectory, temporaryDirectory } from '../../support/temporary.ts';
import { subjectOf, withSlots } from '../support/subjects.ts';

const day = 24 * 60 * 60 * 1000;

describe('no key is in git history', () => {
  let directory: TemporaryDirectory;
  let repository: Workshop;

  beforeEach(() => {
    directory = temporaryDirectory();
    repository = workshop(directory.at('repository'));
    repository.commit({ clean: 'x' });
  });
  afterEach(() => directory[Symbol.dispose]());

  const config = withSlots({ reader: { fingerprint: 'a' } });
  const own = { reader: keyOf('own') };

  function measure(days = 0, at: Config = config, cwd = repository.path): Promise<Finding> {
    const clock = () => new Date(today.getTime() + days * day);
    return leaks.measure(subjectOf(at, { cwd, env: gitEnv, home: homeIn(directory.at('home')), clock }));
  }
  const scan = (keys: Record<string, string> = own) =>
    scanning({ path: repository.path, home: directory.at('home'), what: 'history', own: keys });

  it('is not known before a scan, and does not apply outside a repository', async () => {
    expect(await measure()).toMatchObject({ state: 'unknown', fix: 'castkeys scan --history' });
    expect(await measure(0, config, directory.path)).toMatchObject({ state: 'skip' });
  });

  it('holds for a week after a scan of everything, and for a day where objects came since', async () => {
    await scan();
    expect(await measure()).toEqual({ state: 'pass', evidence: 'none in all 3 objects, within the hour' });
    expect(await measure(6)).toMatchObject({ state: 'pass', evidence: 'none in all 3 objects, 6 days ago' });
    expect(await measure(8)).toMatchObject({ state: 'warn', evidence: 'the last scan was 8 days ago' });
    repository.commit({ more: 'y' });
    expect((await measure(0.5)).evidence).toBe('none in all 3 objects, 12 h ago; more came since');
    expect(await measure(2)).toMatchObject({ state: 'warn', fix: 'castkeys scan --history' });
  });

  it('is open again when a key was stored that nobody looked for', async () => {
    await scan({});
    expect(await measure()).toMatchObject({
      state: 'warn',
      evidence: 'a key was stored since the last scan',
    });
  });

  it('is not known where a scan was cancelled half-way, or git could not give an object', async () => {
    const cancelling = new AbortController();
    cancelling.abort();
    await scanning({
      path: repository.path,
      home: directory.at('home'),
      what: 'history',
      own,
      signal: cancelling.signal,
    });
    expect(await measure()).toMatchObject({ state: 'unknown' });
  });

  it('fails with a key of ours, and says which', async () => {
    repository.commit({ secret: keyOf('own') });
    await scan();
    expect(await measure()).toEqual({
      state: 'fail',
      evidence: 'the dev reader key in 1 place',
      fix: 'castkeys rotate --emergency --profile dev --role reader',
    });
  });

  it('warns of a key that is revoked, and that history still holds', async () => {
    repository.commit({ secret: keyOf('own') });
    await scan();
    const retired = {
      profile: 'dev',
      role: 'reader',
      origin: 'https://api.cast.ai',
      fingerprint: 'a',
      retiredAt: today.toISOString(),
    } as const;
    const rotated = { ...config, credentials: {}, retired: { reader: retired } };
    expect(await measure(0, rotated)).toMatchObject({
      state: 'fail',
      fix: 'castkeys rotate --resume --profile dev --role reader',
    });
    const gone = { ...rotated, retired: { reader: { ...retired, goneAt: today.toISOString() } } };
    expect(await measure(0, gone)).toMatchObject({
      state: 'warn',
      evidence: 'history still holds a key; nothing opens with it any more',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { CastkeysError } from '../../source/errors.ts';
import { speaksUtf8 } from '../../source/frontends/locale.ts';
import { madeUpKey } from '../castai/support/client.ts';
import { configWith, diagnose, healthyMachine } from './support/machine.ts';

const { screen } = healthyMachine();

describe('The doctor', () => {
  it('finds nothing wrong with a healthy machine', async () => {
    const line = await diagnose();
    const judged = ['settings', 'store', 'keychain', 'leftovers', 'terminal', 'colours', 'locale', 'git'];
    expect(judged.map(id => `${id} ${line(id).state}`)).toEqual(judged.map(id => `${id} pass`));
    expect(line('keychain').measuredAt).toMatch(/^\d{4}-.*Z$/);
  });

  it('goes on where the settings are broken, and says so', async () => {
    const settings = new CastkeysError('config-invalid', 'config.json is empty.', 'mend the file');
    const line = await diagnose({ settings });
    expect(line('settings')).toMatchObject({
      state: 'fail',
      evidence: 'config.json is empty.',
      fix: 'mend the file',
    });
    expect([line('leftovers').state, line('registered-keys').state]).toEqual(['unknown', 'unknown']);
    expect(line('keychain').state).toBe('pass');
  });

  it('counts what is registered', async () => {
    const { evidence } = (await diagnose({ settings: configWith() }))('settings');
    expect(evidence).toContain('0 profiles, 0 registered keys');
  });

  it('repeats neither a key nor what would move a cursor', async () => {
    const key = madeUpKey();
    const env = { PATH: process.env['PATH'], TERM: `${key}\x1b[2J\x07`, LANG: key };
    const lines = await diagnose({ env });
    for (const id of ['terminal', 'locale']) {
      expect(lines(id).evidence).not.toContain(key.slice(0, 20));
      expect(lines(id).evidence).not.toContain('\x1b');
    }
  });

  it('ends a line that takes too long, and only that one', async () => {
    const fetch: typeof globalThis.fetch = () => new Promise(() => {});
    const addresses = [{ name: 'slow', origin: 'https://api.cast.ai', profiles: [], practice: false }];
    const line = await diagnose({ addresses, fetch }, 200);
    expect(line('network-slow')).toMatchObject({
      state: 'unknown',
      evidence: expect.stringContaining('200 ms'),
    });
    expect(line('keychain').state).toBe('pass');
  });
});

describe('The terminal line', () => {
  it('says how wizards ask here', async () => {
    expect((await diagnose())('terminal').evidence).toBe(
      'stdin, stdout and stderr are a terminal, 120x40; TERM=xterm-256color; wizards use the full screen',
    );
    const linear = { ...screen, wizard: { kind: 'linear', why: 'TERM is dumb' } } as const;
    expect((await diagnose({ screen: linear }))('terminal')).toMatchObject({
      state: 'warn',
      evidence: expect.stringContaining('line by line: TERM is dumb'),
    });
    const piped = { ...screen, stdin: false, stdout: false, wizard: { kind: 'nobody' } } as const;
    expect((await diagnose({ screen: piped }))('terminal')).toMatchObject({
      state: 'skip',
      evidence: expect.stringContaining('--answers'),
    });
  });

  it('has the signs of the locale beside it', async () => {
    const line = await diagnose({
      screen: { ...screen, speaksUtf8: false },
      env: { LC_ALL: 'C', LANG: 'C.UTF-8' },
    });
    expect(line('locale')).toMatchObject({ state: 'warn', evidence: 'ASCII signs: LC_ALL=C' });
    expect(speaksUtf8({ LC_ALL: 'C', LANG: 'C.UTF-8' }, 'linux')).toBe(false);
    expect(speaksUtf8({ LC_ALL: '', LANG: 'de_DE.utf8' }, 'linux')).toBe(true);
    expect(speaksUtf8({}, 'darwin')).toBe(true);
    expect(speaksUtf8({}, 'win32')).toBe(false);
  });
});

describe('What is only worth knowing', () => {
  it.each([
    ['linux', 'keychain', /any program of this user can read the whole keyring/],
    ['darwin', 'keychain', /any process run by the same node may read what node stored/],
    ['win32', 'keychain', /any program of this user .* Credential Manager/],
    ['linux', 'file', /passphrase/],
  ] as const)('on %s, keys in the %s: who can read them', async (platform, kind, evidence) => {
    const line = await diagnose({ platform, store: { kind, why: 'the default' } });
    expect(line('other-programs')).toMatchObject({
      state: 'info',
      evidence: expect.stringMatching(evidence),
    });
  });

  it('are the versions', async () => {
    const { state, evidence } = (await diagnose())('versions');
    expect(state).toBe('info');
    expect(evidence).toMatch(/^castkeys 1\.2\.3, Node \d+\..*, keytar \d+\.\d+\.\d+$/);
  });

  it('but a missing git is a warning', async () => {
    const line = (await diagnose({ env: { PATH: '/nowhere' } }))('git');
    expect(line).toMatchObject({ state: 'warn', evidence: 'it is not on the PATH' });
  });
});

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnose, temporaryDirectory } from './support/machine.ts';

/** A home as castkeys makes one. */
function homeIn(directory: string) {
  const home = { config: join(directory, 'home'), state: join(directory, 'home/state') };
  mkdirSync(home.state, { recursive: true, mode: 0o700 });
  for (const file of ['config.json', 'state/audit.jsonl']) {
    writeFileSync(join(home.config, file), '{}', { mode: 0o600 });
  }
  return home;
}

describe('File modes', () => {
  it('pass where everything is for this user alone', async () => {
    using directory = temporaryDirectory();
    const line = await diagnose({ home: homeIn(directory.path) });
    expect(line('file-modes')).toMatchObject({
      state: 'pass',
      evidence: '4 files and directories, for this user alone',
    });
  });

  it('that are looser warn as ls shows them, with a command that mends them', async () => {
    using directory = temporaryDirectory();
    const home = homeIn(join(directory.path));
    chmodSync(home.state, 0o755);
    chmodSync(join(home.config, 'config.json'), 0o640);
    const loose = (await diagnose({ home }))('file-modes');
    expect(loose.state).toBe('warn');
    expect(loose.evidence).toContain(`drwxr-xr-x ${home.state}`);
    expect(loose.evidence).toContain(`-rw-r----- ${join(home.config, 'config.json')}`);
    expect(spawnSync('sh', ['-c', loose.fix ?? 'false']).status).toBe(0);
    expect((await diagnose({ home }))('file-modes').state).toBe('pass');
  });

  it('are mended by that command whatever the path is called', async () => {
    using directory = temporaryDirectory();
    const odd = join(directory.path, "it's $HOME; rm");
    mkdirSync(odd, { mode: 0o700 });
    const home = homeIn(odd);
    chmodSync(home.config, 0o777);
    const { fix = 'false' } = (await diagnose({ home }))('file-modes');
    expect(spawnSync('sh', ['-c', fix]).status).toBe(0);
    expect((await diagnose({ home }))('file-modes').state).toBe('pass');
  });

  it('are asked of what a link leads to, without walking into it', async () => {
    using directory = temporaryDirectory();
    const home = homeIn(directory.path);
    const elsewhere = join(directory.path, 'elsewhere');
    mkdirSync(elsewhere, { mode: 0o700 });
    writeFileSync(join(elsewhere, 'not-ours'), '', { mode: 0o644 });
    symlinkSync(elsewhere, join(home.config, 'link'));
    expect((await diagnose({ home }))('file-modes').state).toBe('pass');
    symlinkSync(join(elsewhere, 'not-ours'), join(home.config, 'keys.age'));
    expect((await diagnose({ home }))('file-modes').evidence).toContain(join(home.config, 'keys.age'));
  });

  it('of the passphrase file count too', async () => {
    using directory = temporaryDirectory();
    const file = join(directory.path, 'passphrase');
    writeFileSync(file, 'correct horse', { mode: 0o644 });
    const line = await diagnose({ home: homeIn(directory.path), env: { CASTKEYS_PASSPHRASE_FILE: file } });
    expect(line('file-modes')).toMatchObject({ state: 'warn', fix: `chmod 600 ${file}` });
    expect(line('file-modes').evidence).not.toContain('horse');
  });

  it('are no question where there is nothing yet, or on Windows', async () => {
    expect((await diagnose())('file-modes').state).toBe('skip');
    expect((await diagnose({ platform: 'win32' }))('file-modes').state).toBe('skip');
  });
});

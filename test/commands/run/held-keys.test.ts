import { writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { HeldKeys } from '../../../source/commands/run/held-keys.ts';
import type { Config } from '../../../source/profiles/profiles.ts';
import { livingRuns } from '../../../source/runs/runs.ts';
import { aConfig, aProfile } from '../../profiles/support/configs.ts';
import { aCall } from '../../support/call.ts';
import { homeIn, type TemporaryDirectory, temporaryDirectory } from '../../support/temporary.ts';

describe('keys handed to a command', () => {
  let directory: TemporaryDirectory;
  let called: ReturnType<typeof aCall>;
  let held: HeldKeys;
  beforeEach(() => {
    directory = temporaryDirectory();
    called = aCall({ home: directory.path });
    held = new HeldKeys(called.call, 'cmd');
    return () => directory[Symbol.dispose]();
  });
  const withReader = (id: string): Config => aConfig({ dev: aProfile({ slots: { reader: id } }) });
  const holders = (id: string) => livingRuns(homeIn(directory.path), id);

  it('are in the register before they are read, and until the command ends', async () => {
    await held.whileCurrent(
      () => withReader('old'),
      async (_, onKey) => {
        onKey('old');
        expect(holders('old')).toMatchObject([{ pid: process.pid, program: 'cmd' }]);
      },
    );
    held.end();
    expect(holders('old')).toEqual([]);
  });

  it('are handed out where the register can not be written, and that is said', async () => {
    writeFileSync(directory.at('state'), 'a file in the way');
    const read = await held.whileCurrent(
      () => withReader('old'),
      async (_, onKey) => {
        onKey('old');
        return 'read';
      },
    );
    held.by(1);
    expect(read).toBe('read');
    expect(called.stderr()).toMatch(/cmd is in no register, so a rotation will not wait for it/);
    held.end();
  });

  it('are read once more where a rotation switched to others meanwhile', async () => {
    let config = withReader('old');
    const read = await held.whileCurrent(
      () => config,
      async ({ profiles }, onKey) => {
        const id = profiles['dev']?.slots.reader ?? '';
        onKey(id);
        config = withReader('new');
        return id;
      },
    );
    expect(read).toBe('new');
    expect(holders('old')).toEqual([]);
    expect(holders('new')).toHaveLength(1);
  });
});

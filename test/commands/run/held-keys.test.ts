import { beforeEach, describe, expect, it } from 'vitest';
import { HeldKeys } from '../../../source/commands/run/held-keys.ts';
import type { Config } from '../../../source/profiles/profiles.ts';
import { livingRuns } from '../../../source/runs/runs.ts';
import { aConfig, aProfile } from '../../profiles/support/configs.ts';
import { today } from '../../support/install.ts';
import { homeIn, type TemporaryDirectory, temporaryDirectory } from '../../support/temporary.ts';

describe('keys handed to a command', () => {
  let directory: TemporaryDirectory;
  let held: HeldKeys;
  beforeEach(() => {
    directory = temporaryDirectory();
    held = new HeldKeys({ home: homeIn(directory.path), clock: () => today }, 'cmd');
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

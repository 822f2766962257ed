import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { enter } from '../../../source/audit/audit.ts';
import { auditLog } from '../../../source/checklist/checks/audit-log.ts';
import type { Install } from '../../../source/install/install.ts';
import { memoryKeychain } from '../../../source/keychain/memory-keychain.ts';
import { aProfile } from '../../profiles/support/configs.ts';
import { installIn } from '../../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../../support/temporary.ts';
import { subjectOf } from '../support/subjects.ts';

describe('the check of the audit log', () => {
  let directory: TemporaryDirectory;
  let trouble: { state: 'locked'; reason: string } | undefined;
  let install: Install;
  beforeEach(async () => {
    directory = temporaryDirectory();
    trouble = undefined;
    install = installIn(directory.path, memoryKeychain({ trouble: () => trouble }));
    await install.update(config => ({ ...config, profiles: { dev: aProfile() } }));
    return () => directory[Symbol.dispose]();
  });
  const enterOne = () => enter(install, { action: 'profile.switched', resource: 'profile:dev' });
  const measure = () => {
    const config = install.config();
    if (!config) throw new Error('nothing is registered');
    return auditLog.measure(subjectOf(config, { home: install.home, keychain: install.keychain }));
  };

  it('is unknown before there is an entry, and passes once there is', async () => {
    expect(await measure()).toMatchObject({ state: 'unknown' });
    await enterOne();
    expect(await measure()).toMatchObject({ state: 'pass', evidence: expect.stringMatching(/^1 entry: /) });
  });

  it('warns while entries wait for their MAC', async () => {
    await enterOne();
    trouble = { state: 'locked', reason: 'it is locked' };
    await enterOne();
    trouble = undefined;
    expect(await measure()).toMatchObject({
      state: 'warn',
      evidence: expect.stringContaining('last 1 wait'),
    });
  });

  it('fails where the log was changed, and says how', async () => {
    await enterOne();
    await enterOne();
    const file = join(install.home.state, 'audit.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('profile:dev', 'profile:pro'));
    expect(await measure()).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('from entry 1 on: an entry was changed'),
      fix: 'castkeys audit verify',
    });
  });
});

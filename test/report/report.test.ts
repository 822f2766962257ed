import { beforeEach, describe, expect, it } from 'vitest';
import { enter } from '../../source/audit/audit.ts';
import type { StatusReport } from '../../source/checklist/checklist.ts';
import type { Install } from '../../source/install/install.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import { makeReport, verifyReport } from '../../source/report/report.ts';
import { aCredential } from '../checklist/support/subjects.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { installIn, today } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

const status: StatusReport = {
  profile: 'dev',
  chosenBy: 'flag',
  environment: 'development',
  region: 'us',
  practice: false,
  ready: false,
  measuredAt: today.toISOString(),
  checks: [
    {
      id: 'key-age',
      title: 'Keys are young enough',
      standsFor: 'keys are rotated regularly',
      state: 'fail',
      evidence: 'reader is 100 days old | <b>of 90 allowed</b>',
      measuredAt: today.toISOString(),
    },
  ],
};

describe.each(['md', 'json'] as const)('a report as %s', format => {
  let directory: TemporaryDirectory;
  let install: Install;
  let text: string;
  beforeEach(async () => {
    directory = temporaryDirectory();
    install = installIn(directory.path, memoryKeychain());
    const config = await install.update(empty => ({
      ...empty,
      profiles: { dev: aProfile({ slots: { reader: 'r' } }) },
      credentials: { r: aCredential({ createdAt: '2026-02-21T12:00:00.000Z', keyId: 'key-1' }) },
    }));
    await enter(install, { action: 'profile.added', resource: 'profile:dev' });
    text = await makeReport({ install, config, profiles: [status], format });
    return () => directory[Symbol.dispose]();
  });

  it('has the evidence, the ages and the head of the log', () => {
    expect(text).toContain('reader is 100 days old');
    expect(text).toContain('castkeys-audit-head:');
    expect(text).toContain(format === 'md' ? '100 days |' : '"ageDays": 100');
    if (format === 'json')
      expect(JSON.parse(text)).toMatchObject({ report: 'castkeys', log: { intact: true } });
    else expect(text).toContain('\\| &lt;b>');
  });

  it('is known again, also once the log has gone on', async () => {
    expect(await verifyReport(install, text)).toEqual({ state: 'genuine', log: 'leads-on' });
    await enter(install, { action: 'profile.switched', resource: 'profile:dev' });
    expect(await verifyReport(install, text)).toEqual({ state: 'genuine', log: 'leads-on' });
  });

  it('is not taken for genuine once anything of it was changed', async () => {
    const changed = [
      text.replace('100 days old', '10 days old'),
      text.replace('fail', 'pass'),
      text.replace(/.(?=[\s"->]+$)/, ''),
    ];
    for (const other of changed) {
      expect(other).not.toBe(text);
      expect((await verifyReport(install, other)).state).not.toBe('genuine');
    }
    const elsewhere = installIn(directory.at('elsewhere'), memoryKeychain());
    await enter(elsewhere, { action: 'profile.added', resource: 'profile:dev' });
    expect(await verifyReport(elsewhere, text)).toEqual({ state: 'changed' });
  });
});

import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import ajv from 'ajv-draft-04';
import { describe, expect, it } from 'vitest';
import { duration, size } from '../../../source/commands/scan/amounts.ts';
import { reportJson } from '../../../source/commands/scan/json.ts';
import { progressLine } from '../../../source/commands/scan/progress.ts';
import { reportSarif } from '../../../source/commands/scan/sarif.ts';
import { reportWords } from '../../../source/commands/scan/words.ts';
import type { Finding, ScanResult } from '../../../source/leaks/leaks.ts';
import { sink } from '../../support/streams.ts';

const result: ScanResult = {
  located: [],
  objects: 90_959,
  files: 1,
  bytes: 293_265_118,
  skipped: 0,
  unreadable: [],
  hasHistory: true,
  isInterrupted: false,
};

const own: Finding = {
  kind: 'own-key',
  profile: 'production',
  role: 'reader',
  credential: 'c1',
  where: 'blob',
  object: '723ac444f5f4d4ca73f9b7f3c35833a3d0be471d',
  path: 'a dir/ü&?.env',
  line: 12,
  commits: ['c49cef949b898065631cb920ed1873fc64ddb6df', '8cb388be97eb4a4f082e72ecacb9543779a0eee0'],
  introduced: {
    commit: '8cb388be97eb4a4f082e72ecacb9543779a0eee0',
    author: 'Ann',
    at: '2026-01-02T03:04:05.000Z',
  },
  reachable: false,
  encoding: 'base64',
  preview: 'castai_v1_ab…',
  content: 'xex4rISMSG4Xz_IbkrRe_g',
  next: 'castkeys rotate --emergency --profile production --role reader',
};
const branch: Finding = {
  kind: 'pattern',
  where: 'ref',
  path: 'refs/heads/castai_v1_********',
  reachable: true,
  encoding: 'plain',
  preview: 'castai_v1_cd…',
  content: 'fKITixIP5btRWefIUXqLkK',
  next: 'castkeys scan --live',
};
const retired: Finding = {
  ...own,
  retiredAt: '2026-02-03T00:00:00.000Z',
  gone: true,
  content: 'BXveUqFTfNbI9yvVLXWCU4',
};
const commit: Finding = { ...branch, where: 'commit', object: own.object ?? '', path: undefined as never };

describe('a SARIF log', () => {
  const validate = new ajv.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    schema,
  );

  it('is valid, whatever was found', () => {
    for (const findings of [[], [own], [own, branch, retired, commit]]) {
      const log = JSON.parse(reportSarif(findings, result));
      validate(log);
      expect(validate.errors ?? []).toEqual([]);
      expect(log.runs[0].results).toHaveLength(findings.length);
    }
    // And the schema does refuse what is none.
    expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  it('says where, how bad, and what to do', () => {
    const [first, second, third] = JSON.parse(reportSarif([own, branch, retired], result)).runs[0].results;
    expect(first).toMatchObject({
      ruleId: 'castkeys/own-key',
      level: 'error',
      message: { text: expect.stringContaining('castkeys rotate --emergency') },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20dir/%C3%BC%26%3F.env' },
            region: { startLine: 12 },
          },
        },
      ],
      partialFingerprints: { 'castkeys/content/v1': own.content },
    });
    expect(second.ruleId).toBe('castkeys/pattern');
    expect([third.ruleId, third.level]).toEqual(['castkeys/retired-key', 'note']);
  });
});

describe('the report in words', () => {
  const words = (findings: readonly Finding[], columns = 100, over: Partial<ScanResult> = {}) => {
    const { stream, text } = sink();
    Object.assign(stream, { columns });
    stream.write(reportWords({ findings, ignored: [] }, { ...result, ...over }, 2100, stream));
    return text();
  };

  it('says for each key whose it is, where it lies, since when, by whom, and the next command', () => {
    const text = words([own, branch]);
    expect(text).toContain('2 keys in 2 places');
    expect(text).toContain('castai_v1_ab…  production reader, in use');
    expect(text).toMatch(
      /a dir\/ü&\?\.env:12\s+history · 8cb388b and 1 other commit, Ann, 2026-01-02 · nothing/,
    );
    expect(text).toContain('→ castkeys rotate --emergency --profile production --role reader');
    expect(text).toContain('name of a ref');
    expect(text.replaceAll('\n', ' ')).toContain('does not reach clones, forks');
  });

  it('says what was looked through, and what was not', () => {
    expect(words([])).toContain('No key was found');
    expect(words([])).toContain('Looked through 90,959 objects · 1 file · 293 MB · 2.1 s.');
    const partly = words([], 100, { unreadable: ['x'], isInterrupted: true, skipped: 7 }).replaceAll(
      '\n',
      ' ',
    );
    expect(partly).toContain('(and 7 known ones)');
    expect(partly).toContain('could not give 1 object');
    expect(partly).toContain('the next scan goes on from here');
    expect(words([], 100, { hasHistory: false })).toContain('no git history');
  });

  it('keeps within the window', () => {
    for (const columns of [50, 80, 120]) {
      const { stream } = sink();
      Object.assign(stream, { columns });
      const long = { ...own, path: `${'deep/'.repeat(12)}secret.env` };
      const text = reportWords({ findings: [own, branch, retired], ignored: [] }, result, 1, stream);
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
      expect(reportWords({ findings: [long], ignored: [] }, result, 1, stream)).toContain(long.path);
    }
  });
});

it('the document has the findings as they are, and what was looked through', () => {
  const document = JSON.parse(reportJson({ findings: [own], ignored: [retired] }, result, 2100.4));
  expect(document.findings).toEqual([own]);
  expect(document.ignored).toBe(1);
  expect(document.scanned).toMatchObject({ objects: 90_959, bytes: 293_265_118, ms: 2100, complete: true });
});

it('progress says how much, how fast, and how long the rest will take', () => {
  const progress = { objects: 25_000, total: 100_000, files: 0, bytes: 100_000_000 };
  expect(progressLine(progress, 1000, 80)).toBe(
    '━━━━━━──────────────────  25,000 objects · 100 MB/s · 3.0 s left',
  );
  expect(progressLine(progress, 1000, 30)).toHaveLength(29);
  expect(progressLine({ objects: 0, files: 12, bytes: 12_000 }, 1000, 80)).toBe('12 files · 12 kB/s');
  expect([size(0), size(999), size(1500), size(2e9)]).toEqual(['0 bytes', '999 bytes', '1.5 kB', '2.0 GB']);
  expect([duration(450), duration(65_000), duration(600_000)]).toEqual(['0.5 s', '65 s', '10 min']);
});

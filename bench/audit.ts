/** The audit log against its floors, in one process and in turn: hashing the same bytes, and a plain appended and fsynced line. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enter, verifyLog } from '../source/audit/audit.ts';
import { openInstall, Passphrase } from '../source/install/install.ts';
import { memoryKeychain } from '../source/keychain/memory-keychain.ts';
import { type Comparison, summarize } from './pairs.ts';

const act = {
  action: 'key.handed',
  resource: 'key:production/reader',
  metadata: { program: 'terraform' },
} as const;
const rounds = 5;

/** Verifying a log of so many entries, and appending one at a time with its fsync; the keychain is in memory. */
export async function compareAudit(entries = 100_000): Promise<readonly Comparison[]> {
  const directory = mkdtempSync(join(tmpdir(), 'castkeys-bench-'));
  try {
    const install = openInstall({
      home: { config: directory, state: join(directory, 'state') },
      env: {},
      clock: () => new Date(),
      passphrase: new Passphrase({}),
      isAttended: false,
      openKeychain: async () => keychain,
    });
    const appended = [];
    const plain = openSync(join(directory, 'plain'), 'a');
    for (let round = 0; round < rounds; round += 1) {
      const ours = await timed(async () => {
        for (let at = 0; at < 200; at += 1) await enter(install, act);
      });
      const line = `${'x'.repeat(500)}\n`;
      const theirs = await timed(async () => {
        for (let at = 0; at < 200; at += 1) {
          writeSync(plain, line);
          fsyncSync(plain);
        }
      });
      appended.push({ ours, theirs });
    }
    closeSync(plain);
    for (let at = 1000; at < entries; at += 1000)
      await Promise.all(Array.from({ length: 1000 }, () => enter(install, act)));
    const { home } = install;
    const verified = [];
    for (let round = 0; round < rounds; round += 1) {
      const ours = await timed(async () => {
        const verdict = await verifyLog({
          home,
          installId: install.config()?.installId,
          keychain: install.keychain,
        });
        if (!verdict.intact || verdict.entries < entries) throw new Error('the log does not hold');
      });
      const theirs = await timed(async () => hashLines(home.state));
      verified.push({ ours, theirs });
    }
    return [
      summarize(`audit verify, ${entries} entries`, 'createHash by line', verified),
      summarize('audit append, anchor in memory', 'plain fsynced append', appended),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const keychain = memoryKeychain();

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function hashLines(directory: string): void {
  const files = readdirSync(directory).filter(name => name.endsWith('.jsonl'));
  for (const name of files) hashFile(join(directory, name));
}

function hashFile(file: string): void {
  const bytes = readFileSync(file);
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    createHash('sha256').update(bytes.subarray(start, end)).digest('hex');
    start = end + 1;
  }
}

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process started, as a text to compare: a number that the kernel gave away once is given again, to another process.
 * On Linux the boot and the clock tick, which no change of the clock moves; elsewhere what `ps` says, to the second.
 * @returns undefined where there is no such process; `unknown` where that can't be told.
 */
export function processStart(pid: number): string | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

const unknown = 'unknown';

function fromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in parentheses and may hold any character; the fields after it count from 3.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended: what it held is gone.
    if (state === 'Z' || state === 'X') return undefined;
    return `${bootId()} ${fields[22 - 4] ?? unknown}`;
  } catch {
    return undefined;
  }
}

const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

function fromPs(pid: number): string | undefined {
  if (!isThere(pid)) return undefined;
  try {
    const said = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      env: { ...process.env, LC_ALL: 'C' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return said === '' ? undefined : said;
  } catch {
    return unknown;
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // Somebody else's process is there all the same.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

/** Whether the process that was recorded still lives. What can't be told counts as living: nothing is revoked on a guess. */
export function stillLives(pid: number, start: string): boolean {
  const now = processStart(pid);
  return now !== undefined && (now === start || now === unknown || start === unknown);
}

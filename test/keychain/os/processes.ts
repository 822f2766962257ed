import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** The processes that a process started, on Linux. */
export function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(candidate => parentOf(candidate) === pid);
}

/** Whether it runs; one that ended and was not yet waited for does not. */
export function runs(pid: number): boolean {
  return stat(pid)?.state !== undefined && stat(pid)?.state !== 'Z';
}

/** Waits until something is so, for 10 s at most. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const giveUp = performance.now() + 10_000;
  while (!isSo()) {
    if (performance.now() > giveUp) throw new Error(`waited in vain: ${what}`);
    await delay(10);
  }
}

function parentOf(pid: number): number | undefined {
  return stat(pid)?.parent;
}

function stat(pid: number): { readonly state: string; readonly parent: number } | undefined {
  try {
    // "pid (name) state parent …"; the name may hold anything, so start after its last bracket.
    const [state = '', parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

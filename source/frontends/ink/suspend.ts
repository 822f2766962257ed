import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

/** Windows has no job control. */
export function canSuspend(): boolean {
  return process.platform !== 'win32';
}

/**
 * Stops this process and its whole group, as Ctrl+Z does where the terminal handles it (`npm start` must stop with
 * us, or the shell would wait for it), and resolves once it is continued. The timer stands still with the process; where
 * nobody could ever continue it the kernel ignores the signal, and the timer ends the wait.
 */
export async function stopUntilContinued(): Promise<void> {
  process.kill(0, 'SIGTSTP');
  await pause(50);
}

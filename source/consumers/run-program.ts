import { spawn } from 'node:child_process';
import { redactKeys } from '../castai/castai.ts';
import type { Secret } from '../keychain/secret.ts';
import { printable } from '../printable.ts';

export interface ProgramToRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Written to its standard input, which is then closed. Never an argument, never a variable. */
  readonly secret?: Secret;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export type ProgramOutcome =
  /** `said`: the end of what it wrote, safe to show. */
  | { readonly type: 'ended'; readonly code: number; readonly said: string }
  | { readonly type: 'not-run'; readonly reason: string };

/** Bytes of its output that are kept: the end, where programs say what went wrong. */
const kept = 4096;

/** Runs a program that gets a secret on its standard input. Its output is kept from the screen; a key in it is masked. */
export async function runProgram(wanted: ProgramToRun): Promise<ProgramOutcome> {
  const { program, args, cwd, env, secret, timeoutMs, signal } = wanted;
  const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  let output = '';
  const listen = (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-kept);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  // One that doesn't read its input ends with a broken pipe here, and says why by its exit code.
  child.stdin.on('error', () => {});
  child.stdin.end(secret?.reveal() ?? '');
  const { promise, resolve } = Promise.withResolvers<ProgramOutcome>();
  let reason: string | undefined;
  const stop = (why: string) => {
    reason ??= why;
    killGroup(child.pid);
  };
  const timer = setTimeout(
    () => stop(`it did not end within ${timeoutMs / 1000} s, and was ended`),
    timeoutMs,
  );
  const cancel = () => stop('it was ended, because this was cancelled');
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  child.once('error', error =>
    resolve({ type: 'not-run', reason: `it could not be started: ${error.message}` }),
  );
  child.once('exit', (code, killedBy) => {
    if (reason !== undefined) resolve({ type: 'not-run', reason });
    else resolve({ type: 'ended', code: code ?? 128, said: said(output || (killedBy ?? ''), secret) });
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
    // What it left running in the background may hold the pipes open.
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

/** With everything it started: a shell's child would live on. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

/** A program may print what it was given, whole or in another key's shape. */
function said(output: string, secret: Secret | undefined): string {
  const value = secret?.reveal();
  const masked = value ? output.replaceAll(value, '********') : output;
  return printable(redactKeys(masked).trim(), 300);
}

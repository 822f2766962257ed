import { fileURLToPath } from 'node:url';
import type { Machine } from '../../support/castkeys.ts';

/** What the load asks for. */
const asked = '/v1/kubernetes/external-clusters';
const load = fileURLToPath(new URL('../fixtures/steady-load.mjs', import.meta.url));

export interface ThroughRotation {
  readonly requests: number;
  readonly failures: number;
  /** The first few, in words. */
  readonly first: readonly string[];
  /** How long a request took, in ms. */
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  /** What each rotation came to. */
  readonly phases: readonly string[];
  /** Requests that arrived with each key, the first one first. */
  readonly withKey: readonly number[];
  /** What Cast AI says to the first key in the end. */
  readonly oldKeyAnswers: number;
  /** How long all rotations took, in ms. */
  readonly rotationMs: number;
}

export interface Load {
  readonly seconds: number;
  readonly perSecond: number;
  /** How often the key is rotated meanwhile. */
  readonly rotations: number;
}

/**
 * Has a program under `castkeys run --broker` ask the API at a steady rate, and rotates its key meanwhile, to the end: until
 * the old one is switched off, seen to be refused, and deleted.
 */
export async function throughRotation(
  machine: Machine,
  { seconds, perSecond, rotations }: Load,
): Promise<ThroughRotation> {
  const { admin, viewer } = machine.practice.keys;
  await machine.setUp();
  await machine.run(['keys', 'add', '--role', 'admin', '--from-env', 'NEW_KEY', '--yes'], {
    env: { NEW_KEY: admin.reveal() },
  });
  await machine.run(['keys', 'adopt', '--yes']);
  machine.practice.control.forgetRequests();
  const command = ['--', process.execPath, load, String(seconds), String(perSecond)];
  await using running = machine.start(['run', '--broker', ...command]);
  await running.line(/started/);
  const began = performance.now();
  // The practice server remembers only so many requests.
  const arrived = new Map<string, number>();
  const countArrived = () => {
    for (const { path, keyId } of machine.practice.control.requests()) {
      if (path === asked && keyId) arrived.set(keyId, (arrived.get(keyId) ?? 0) + 1);
    }
    machine.practice.control.forgetRequests();
  };
  const [phases, keyIds]: [string[], string[]] = [[], []];
  for (let done = 0; done < rotations; done += 1) {
    const { phase, oldKeyId, newKeyId } = await rotateToTheEnd(machine);
    phases.push(phase);
    keyIds.push(...(done === 0 ? [oldKeyId] : []), newKeyId);
    countArrived();
  }
  const rotationMs = performance.now() - began;
  const ended = await running.ended;
  const told = JSON.parse(ended.stdout.trim().split('\n').at(-1) ?? '{}');
  countArrived();
  const old = await fetch(`${machine.practice.url}/v1/me`, { headers: { 'X-API-Key': viewer.reveal() } });
  return {
    ...told,
    phases,
    withKey: keyIds.map(id => arrived.get(id) ?? 0),
    oldKeyAnswers: old.status,
    rotationMs,
  };
}

/** Exit 7 is a rotation that waits for something; the same command goes on with it. */
const waiting = 7;

async function rotateToTheEnd(
  machine: Machine,
): Promise<{ readonly phase: string; readonly oldKeyId: string; readonly newKeyId: string }> {
  for (;;) {
    const rotated = await machine.run([
      'rotate',
      '--drain',
      '0s',
      '--keep-disabled',
      '0s',
      '--yes',
      '--json',
    ]);
    if (rotated.exitCode === waiting) continue;
    const last = rotated.stdout.trim().split('\n').at(-1) ?? '';
    if (rotated.exitCode !== 0) throw new Error(`exit ${rotated.exitCode}: ${last} ${rotated.stderr}`);
    return JSON.parse(last).rotation;
  }
}

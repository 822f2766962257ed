import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersFor, type Machine, newMachine, program } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { storedCredentials } from '../support/keyring-items.ts';
import { start } from '../support/program.ts';

interface Cut {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What came through the stream that was left open. */
  readonly other: string;
}

/** Runs castkeys with one of its streams closed at the other end before it begins. */
async function withClosed(
  closed: 'stdout' | 'stderr',
  args: readonly string[],
  { env, cwd }: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): Promise<Cut> {
  const child = spawn(process.execPath, [program, ...args], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  child[closed].destroy();
  let other = '';
  child[closed === 'stdout' ? 'stderr' : 'stdout'].on('data', chunk => {
    other += chunk;
  });
  const [exitCode, signal] = await once(child, 'close');
  return { exitCode, signal, other };
}

describeWithKeyring('a pipe that nobody reads', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const here = () => ({ env: machine.env, cwd: machine.project });

  it.each([
    [['profiles']],
    [['profiles', '--json']],
    [['profiles', 'show', 'development']],
    [['status']],
    [['status', '--json']],
    [['keys']],
    [['--version']],
    [['--help']],
  ])('is no trouble to castkeys %j', async args => {
    expect(await withClosed('stdout', args, here())).toEqual({ exitCode: 0, signal: null, other: '' });
  });

  it('is no trouble to a listing that head cuts short', async () => {
    const cut = 'set -o pipefail; "$@" | head -c 20';
    const ran = await start('bash', ['-c', cut, 'bash', process.execPath, program, 'status', '--json'], {
      cwd: machine.project,
      env: machine.env,
    }).ended;
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toHaveLength(20);
  });

  it('ends a watch', async () => {
    expect(await withClosed('stdout', ['status', '--watch'], here())).toMatchObject({
      exitCode: 130,
      signal: null,
    });
  });

  it.each([
    ['stdout', ['--json']],
    ['stderr', []],
  ] as const)(
    'cancels a wizard that tells of itself on %s, and it is not called done',
    async (closed, options) => {
      const before = { config: machine.config(), stored: storedCredentials(machine.keyring.env) };
      const answers = machine.writeAnswers(answersFor(machine.practice.url, 'staging'));
      const env = { ...machine.env, NEW_KEY: machine.practice.keys.member.reveal() };
      const cut = await withClosed(closed, ['setup', '--answers', answers, ...options], { ...here(), env });
      expect(cut).toMatchObject({ exitCode: 130, signal: null });
      expect({ config: machine.config(), stored: storedCredentials(machine.keyring.env) }).toEqual(before);
    },
  );
});

describe('a full disk behind standard output', () => {
  it.each([['profiles'], ['--help'], ['help']])('is a failure of castkeys %s', async word => {
    await using machine = await newMachine('none');
    const ran = await start('sh', ['-c', 'exec "$@" >/dev/full', 'sh', process.execPath, program, word], {
      cwd: machine.project,
      env: machine.env,
    }).ended;
    expect(ran).toMatchObject({ exitCode: 1, signal: null });
  });
});

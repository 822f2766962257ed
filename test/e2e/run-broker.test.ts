import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { holds } from '../support/canary.ts';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { memoryHolding, processesBelow } from './support/proc.ts';

const node = process.execPath;

describeWithKeyring('a command under castkeys run --broker', () => {
  let machine: Machine;
  let reader: string;
  let writer: string;
  beforeAll(async () => {
    machine = await newMachine();
    reader = machine.practice.keys.viewer.reveal();
    writer = machine.practice.keys.member.reveal();
    await machine.setUp();
    await machine.run(['keys', 'add', '--role', 'writer', '--from-env', 'NEW_KEY'], {
      env: { NEW_KEY: writer },
    });
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const script = (code: string) => ['--', node, '--input-type=module', '-e', code];
  const ask = `const ask = async (path, init = {}, key = process.env.CASTAI_API_TOKEN) => {
    const answer = await fetch(process.env.CASTAI_API_URL + path, { ...init, headers: { 'X-API-Key': key } });
    return [answer.status, await answer.json().catch(() => null)];
  };`;

  it('uses the API without ever having the key', async () => {
    const code = `${ask}
      const [status, clusters] = await ask('/v1/kubernetes/external-clusters');
      console.log(JSON.stringify({ status, count: clusters.items.length, env: process.env }));`;
    const ran = await machine.run(['run', '--broker', ...script(code)], {
      env: { OLD_KEY: reader, HTTPS_PROXY: 'http://proxy.example' },
    });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    const { status, count, env } = JSON.parse(ran.stdout);
    expect([status, count > 0]).toEqual([200, true]);
    expect(env).toMatchObject({
      CASTAI_API_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      CASTAI_API_TOKEN: expect.stringMatching(/^castkeys_broker_[\w-]{43}$/),
      CASTAI_API_KEY: env.CASTAI_API_TOKEN,
      CASTAI_READ_KEY: env.CASTAI_API_TOKEN,
      CASTAI_WRITE_KEY: expect.stringMatching(/^castkeys_broker_/),
      CASTAI_ORGANIZATION_ID: machine.practice.organizationId,
      CASTKEYS_PROFILE: 'development',
      CASTKEYS_BROKER: env.CASTAI_API_URL,
      NO_PROXY: '127.0.0.1',
    });
    expect(env.CASTAI_WRITE_KEY).not.toBe(env.CASTAI_READ_KEY);
    expect(env).not.toHaveProperty('OLD_KEY');
    expect(ran.stdout).not.toContain(reader);
  });

  it('is told why something is refused, and castkeys says so at the end', async () => {
    const code = `${ask}
      const id = 'ffffffff-0000-4000-8000-000000000000';
      console.log(JSON.stringify([
        await ask('/v1/kubernetes/external-clusters/' + id, { method: 'DELETE' }),
        await ask('/v1/kubernetes/external-clusters/' + id + '/token', { method: 'POST' }),
        await ask('/v1/me', {}, 'no token'),
      ]))`;
    const ran = await machine.run(['run', '--broker', ...script(code)]);
    const [write, token, stranger] = JSON.parse(ran.stdout);
    expect(write).toEqual([
      403,
      expect.objectContaining({ message: expect.stringMatching(/development allows read:\*, and DELETE/) }),
    ]);
    expect(token).toEqual([
      403,
      expect.objectContaining({ castkeys: expect.objectContaining({ refused: 'credentials' }) }),
    ]);
    expect(stranger[0]).toBe(403);
    expect(ran.stderr).toMatch(
      /the broker passed 0 requests on and refused 3:\n {2}DELETE .*\n {2}POST .*token: .*\n {2}GET \/v1\/me: /,
    );
  });

  it('is in the audit log with what it was refused, and how much it asked', async () => {
    const code = `${ask}
      await ask('/v1/me');
      for (const id of [1, 2]) await ask('/v1/x?secret=' + id, { method: 'DELETE' });`;
    await machine.run(['run', '--broker', ...script(code)]);
    const log = readFileSync(join(machine.home, 'state', 'audit.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const entries = log.map(line => JSON.parse(line)).slice(-4);
    const program = node;
    expect(
      entries.map(({ action, result, resource, metadata }) => ({ action, result, resource, metadata })),
    ).toEqual([
      {
        action: 'key.handed',
        result: 'pending',
        resource: 'key:development/reader',
        metadata: expect.objectContaining({ to: 'broker', program }),
      },
      {
        action: 'broker.refused',
        result: 'failure',
        resource: 'profile:development',
        metadata: expect.objectContaining({ program, code: 'scope', method: 'DELETE', path: '/v1/x' }),
      },
      {
        action: 'key.handed',
        result: 'success',
        resource: 'key:development/reader',
        metadata: expect.objectContaining({ exitCode: 0 }),
      },
      {
        action: 'broker.ended',
        result: 'success',
        resource: 'profile:development',
        metadata: {
          program,
          forwarded: 1,
          unanswered: 0,
          refused: 2,
          refusals: [{ code: 'scope', method: 'DELETE', path: '/v1/x', count: 2 }],
        },
      },
    ]);
  });

  it('ends with its own exit code, and the broker with it', async () => {
    const code = "console.log(process.env.CASTAI_API_URL); process.kill(process.pid, 'SIGTERM')";
    const ran = await machine.run(['run', '--broker', ...script(code)]);
    expect(ran.exitCode).toBe(143);
    await expect(fetch(ran.stdout.trim())).rejects.toThrow();
    expect(readdirSync(join(machine.home, 'state', 'runs'))).toEqual([]);
  });

  it('has the key neither in an argument, nor in an environment, nor in the memory of any process below it', async () => {
    // A shell, a program below it, and a copy of everything it was given or answered, held on to.
    const code = `${ask}
      const kept = [process.env, process.argv, await ask('/v1/me'), await ask('/v1/kubernetes/external-clusters')];
      console.log('ready');
      // Ends with the broker.
      setInterval(() => ask('/v1/me').catch(() => process.exit(kept.length)), 100);`;
    const shell = ['--', 'sh', '-c', `"${node}" --input-type=module -e "$CODE" & wait`];
    await using running = machine.start(['run', '--broker', ...shell], { env: { CODE: code } });
    await running.line(/ready/);
    const below = processesBelow(running.pid);
    const command = below.filter(({ args }) => /^sh -c|input-type=module/.test(args));
    expect(command.length).toBeGreaterThanOrEqual(2);
    const token =
      /CASTAI_API_TOKEN=(\S+?)\0/.exec(readFileSync(`/proc/${command[0]?.pid}/environ`, 'latin1'))?.[1] ?? '';
    for (const { pid } of command) {
      // The search finds what is there: the token is, the key is not.
      expect(memoryHolding(pid, token)).toBe(true);
      expect([pid, memoryHolding(pid, reader), memoryHolding(pid, writer)]).toEqual([pid, false, false]);
    }
    // castkeys itself has it in its memory, and nowhere that others may look at.
    expect(memoryHolding(running.pid, reader)).toBe(true);
    for (const pid of [running.pid, ...below.map(one => one.pid)]) {
      for (const file of ['cmdline', 'environ']) {
        const bytes = readFileSync(`/proc/${pid}/${file}`);
        expect([pid, file, holds(bytes, reader) || holds(bytes, writer)]).toEqual([pid, file, false]);
      }
    }
  });

  it('gets tokens for what an env file refers to, and nothing runs where the broker does not hold that key', async () => {
    const file = join(machine.project, 'broker.env');
    writeFileSync(file, 'A=castkeys://development/reader\nB=castkeys://development/writer\n');
    const print = script('console.log(JSON.stringify(process.env))');
    const { A, B, CASTAI_READ_KEY, CASTAI_WRITE_KEY } = JSON.parse(
      (await machine.run(['run', '--broker', '--env-file', file, ...print])).stdout,
    );
    expect([A, B]).toEqual([CASTAI_READ_KEY, CASTAI_WRITE_KEY]);
    writeFileSync(file, 'B=castkeys://development/writer\n');
    const refused = await machine.run(['run', '--broker', '--role', 'reader', '--env-file', file, ...print]);
    expect(refused).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('does not hold'),
    });
  });

  it('runs nothing for a role without a key', async () => {
    await machine.run(['profiles', 'add', 'empty', '--environment', 'other', '--region', 'us']);
    const ran = await machine.run(['run', '--broker', '--profile', 'empty', '--', 'echo', 'ran']);
    expect(ran).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('empty has no reader key'),
    });
  });
});

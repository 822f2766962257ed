import { afterAll, beforeAll, expect, it } from 'vitest';
import { holds } from '../support/canary.ts';
import { type Machine, newMachine, program } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { start } from '../support/program.ts';

const node = process.execPath;

describeWithKeyring('what a command writes under castkeys run --mask', () => {
  let machine: Machine;
  let key: string;
  beforeAll(async () => {
    machine = await newMachine();
    key = machine.practice.keys.viewer.reveal();
    await machine.setUp();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const masked = (code: string, ...options: readonly string[]) => [
    'run',
    '--mask',
    ...options,
    '--',
    node,
    '-e',
    code,
  ];

  it('has no key in it, on either stream, in any encoding', async () => {
    const code = `const key = process.env.CASTAI_API_KEY;
      console.log('plain', key);
      console.log('base64', Buffer.from('user:' + key).toString('base64').replace(/.{76}/, '$&\\n'));
      console.error('hex', Buffer.from(key).toString('hex'));
      console.error(JSON.stringify(process.env, null, 2));`;
    const ran = await machine.run(masked(code));
    expect(ran.exitCode).toBe(0);
    expect(holds(ran.raw, key)).toBe(false);
    expect(ran.stdout).toMatch(/^plain castai_v1_\*{8}\nbase64 \S{18,20}\*{8}/);
    expect(ran.stderr).toMatch(/^hex [0-9a-f]{20}\*{8}\n/);
    expect(ran.stderr).toContain('"CASTAI_API_TOKEN": "castai_v1_********"');
  });

  it('has no key in it that is written in two pieces', async () => {
    const code = `const key = process.env.CASTAI_API_KEY;
      process.stdout.write('> ' + key.slice(0, 30));
      setTimeout(() => process.stdout.write(key.slice(30) + ' <\\n'), 300);`;
    expect((await machine.run(masked(code))).stdout).toBe('> castai_v1_******** <\n');
  });

  it('comes line by line, while the command goes on', async () => {
    await using running = machine.start(masked("console.log('first'); setInterval(() => {}, 1000)"));
    await running.line(/first/);
    running.signal('SIGTERM');
    expect((await running.ended).exitCode).toBe(143);
  });

  it('comes whole, in order, with the exit code of the command', async () => {
    const code = `for (let line = 0; line < 50000; line += 1) console.log('line', line); process.exitCode = 3`;
    const ran = await machine.run(masked(code));
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout.split('\n').slice(0, -1)).toEqual(
      Array.from({ length: 50_000 }, (_, line) => `line ${line}`),
    );
  });

  it('ends where nobody reads it any more', async () => {
    const pipe = `"${node}" "${program}" run --mask -- sh -c 'yes; echo "yes: $?" >&2' | head -n 1`;
    const ran = await start('sh', ['-c', pipe], { cwd: machine.project, env: machine.env }).ended;
    expect(ran).toMatchObject({
      exitCode: 0,
      stdout: 'y\n',
      stderr: expect.stringMatching(/yes: [1-9]\d*\n$/),
    });
  });

  it('may have a token of the broker in it: that is hidden, too', async () => {
    const ran = await machine.run(
      masked('console.log(process.env.CASTAI_API_KEY, process.env.CASTKEYS_BROKER)', '--broker'),
    );
    expect(ran.stdout).toMatch(/^\*{8} http:\/\/127/);
  });
});

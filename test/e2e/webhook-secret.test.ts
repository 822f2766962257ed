import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesHolding, holds } from '../support/canary.ts';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { type Receiver, verifying } from '../webhooks/support/endpoint.ts';

describeWithKeyring('the webhook secret of a profile', () => {
  let machine: Machine;
  let receiver: Receiver;
  let accepted: readonly string[] = [];
  beforeAll(async () => {
    machine = await newMachine();
    receiver = await verifying(() => ({ secret: accepted, scheme: { kind: 'token' } }));
    await machine.setUp('development', machine.practice.keys.member.reveal());
  });
  afterAll(async () => {
    receiver[Symbol.dispose]();
    await machine[Symbol.asyncDispose]();
  });
  /** What a receiver that is started with `run --webhook` gets. */
  const handedOut = async (): Promise<readonly string[]> => {
    const print =
      'process.stdout.write(JSON.stringify([process.env.CASTAI_SECRET, process.env.CASTAI_SECRET_PREVIOUS]))';
    const { stdout } = await machine.run(['run', '--webhook', '--', process.execPath, '-e', print]);
    return JSON.parse(stdout).filter((value: unknown) => typeof value === 'string');
  };
  const shown: string[] = [];

  it('is made, waits for the endpoint, is set at Cast AI, replaced, and never written anywhere else', async () => {
    const url = ['--url', receiver.url];
    const first = await machine.run(['webhook', 'secret', ...url, '--yes']);
    expect(first).toMatchObject({ exitCode: 7, stderr: expect.stringContaining('run --webhook') });
    accepted = await handedOut();
    expect(accepted).toHaveLength(1);
    shown.push(...accepted);
    const second = await machine.run(['webhook', 'secret', ...url, '--yes']);
    expect(second).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/sends it in X-Webhook-Token/),
    });

    expect(await machine.run(['webhook', 'secret', '--rotate', '--yes'])).toMatchObject({ exitCode: 7 });
    accepted = await handedOut();
    expect(accepted).toHaveLength(2);
    shown.push(...accepted);
    expect(await machine.run(['webhook', 'secret', '--finish', '--yes'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/The one before is accepted until 2/),
    });
    expect(await machine.run(['webhook', 'secret', '--finish', '--yes'])).toMatchObject({ exitCode: 0 });
    expect(await handedOut()).toEqual([accepted[0]]);
  });

  it('signs and verifies on the command line', async () => {
    const [secret = ''] = await handedOut();
    const body = '{"id":"1"}\n';
    const { stdout } = await machine.run(['webhook', 'sign'], { input: body });
    expect(stdout).toBe(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}\n`);
    const verify = (input: string) =>
      machine.run(['webhook', 'verify', '--signature', stdout.trim()], { input });
    expect(await verify(body)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Genuine/) });
    expect(await verify(`${body} `)).toMatchObject({
      exitCode: 3,
      stdout: expect.stringMatching(/^Not genuine/),
    });
  });

  it('is in no file, and in nothing that castkeys wrote but what it handed out', async () => {
    const files = shown.flatMap(secret => filesHolding(machine.home, secret));
    expect(files).toEqual([]);
    const run = await machine.run(['webhook', 'secret', '--local', '--json']);
    for (const secret of shown) expect(holds(run.raw, secret)).toBe(false);
  });

  it.each([
    ['--rotate', '--finish'],
    ['--local', '--url', 'https://x.example/'],
    ['--url', 'http://x.example/'],
    ['--overlap', 'soon'],
    ['--from-env', 'NOT_SET'],
  ])('refuses %s %s', async (...words) => {
    expect(await machine.run(['webhook', 'secret', ...words])).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('can not be an API key', async () => {
    const env = { MINE: machine.practice.keys.viewer.reveal() };
    const given = await machine.run(['webhook', 'secret', '--local', '--from-env', 'MINE'], { env });
    expect(given).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('That is an API key') });
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWebhookSecret, replayMemory } from '../../source/webhooks/webhooks.ts';
import { filesHolding, holds } from '../support/canary.ts';
import { type Machine, newMachine, type Running } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { type Receiver, verifying } from '../webhooks/support/endpoint.ts';

describeWithKeyring('the relay', () => {
  const [secret, fresh] = [makeWebhookSecret().reveal(), makeWebhookSecret().reveal()];
  const port = 20_000 + (process.pid % 20_000);
  let machine: Machine;
  /** What the service behind it knows. */
  let known = secret;
  let service: Receiver;
  let relay: Running;
  let deliver: () => Promise<unknown>;
  beforeAll(async () => {
    machine = await newMachine();
    const replay = replayMemory();
    service = await verifying(() => ({ secret: known, replay }));
    await machine.setUp('development', machine.practice.keys.member.reveal());
    const local = ['webhook', 'secret', '--local', '--from-env', 'MINE'];
    await machine.run(local, { env: { MINE: secret } });
    relay = start();
  });
  afterAll(async () => {
    service[Symbol.dispose]();
    await machine[Symbol.asyncDispose]();
  });
  const start = () =>
    machine.start(['webhook', 'relay', '--to', service.url, '--port', String(port), '--json']);
  const url = `http://127.0.0.1:${port}/castai`;
  const send = async (id: string, token = secret) => {
    const body = JSON.stringify({ id, timestamp: new Date() });
    const response = await fetch(url, { method: 'POST', headers: { 'x-webhook-token': token }, body });
    return [response.status, await response.text()];
  };

  it('is what Cast AI calls: set there, and verified behind it', async () => {
    expect(JSON.parse(await relay.line(/"url"/))).toMatchObject({ url: `http://127.0.0.1:${port}` });
    const set = await machine.run(['webhook', 'secret', '--url', url, '--yes']);
    expect(set).toMatchObject({ exitCode: 0 });
    // The dry run was a genuine webhook, too.
    expect(service.taken).toHaveLength(1);
    const { webhooks } = machine.practice.control.overview();
    deliver = () =>
      machine.practice.control.deliver(webhooks[0]?.id ?? '', { severity: 'CRITICAL', message: 'α\n"β"' });
    expect(await deliver()).toMatchObject({ status: 204 });
    expect(JSON.parse(service.taken[1] ?? '')).toMatchObject({ severity: 'CRITICAL', message: 'α\n"β"' });
    await relay.line(/"outcome":"forwarded","status":204/);
  });

  it('refuses a forged one', async () => {
    expect(await send('forged', fresh)).toEqual([401, '']);
    await relay.line(/"outcome":"wrong-token","status":401/);
    expect(service.taken).toHaveLength(2);
  });

  it('remembers what it took, killed and started again', async () => {
    expect(await send('once')).toEqual([204, '']);
    relay.signal('SIGKILL');
    await relay.ended;
    relay = start();
    await relay.line(/"url"/);
    expect(await send('once')).toEqual([401, '']);
    expect(await send('twice')).toEqual([204, '']);
  });

  it('knows a replaced secret without being told, and takes both', async () => {
    const rotated = await machine.run(['webhook', 'secret', '--rotate', '--yes', '--from-env', 'MINE'], {
      env: { MINE: fresh },
    });
    expect(rotated).toMatchObject({ exitCode: 0 });
    // Cast AI sends the new one, and the service knows only the old one yet; then the other way round.
    expect(await deliver()).toMatchObject({ status: 204 });
    known = fresh;
    expect(await send('with-the-old', secret)).toEqual([204, '']);
    await relay.line(/"secret":"previous"/);
    await machine.run(['webhook', 'secret', '--finish', '--yes']);
    await expect
      .poll(async () => (await send(`old-${Date.now()}`, secret))[0], { timeout: 10_000 })
      .toBe(401);
    expect(await send('with-the-new', fresh)).toEqual([204, '']);
  });

  it('ends when it is told to, and wrote no secret anywhere', async () => {
    relay.signal('SIGTERM');
    const { exitCode, raw } = await relay.ended;
    expect(exitCode).toBe(143);
    for (const one of [secret, fresh]) {
      expect(holds(raw, one)).toBe(false);
      expect(filesHolding(machine.home, one)).toEqual([]);
    }
  });

  it.each([
    [[]],
    [['--to', 'hooks.example.com']],
    [['--to', 'https://user:pass@hooks.example.com/']],
    [['--to', 'http://127.0.0.1:9/', '--port', '70000']],
    [['--to', 'http://127.0.0.1:9/', '--timeout', 'soon']],
    [['--to', 'http://127.0.0.1:9/', '--sign-env', 'NOT_SET']],
  ])('refuses %j', async words => {
    expect(await machine.run(['webhook', 'relay', ...words])).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

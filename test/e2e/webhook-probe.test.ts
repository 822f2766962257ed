import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWebhookSecret, replayMemory } from '../../source/webhooks/webhooks.ts';
import { holds } from '../support/canary.ts';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { serving, verifying } from '../webhooks/support/endpoint.ts';

describeWithKeyring('webhook probe', () => {
  const secret = makeWebhookSecret().reveal();
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp();
    const local = ['webhook', 'secret', '--local', '--from-env', 'MINE'];
    await machine.run(local, { env: { MINE: secret } });
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it('finds an endpoint that verifies clean, and the checklist knows', async () => {
    const replay = replayMemory();
    using good = await verifying(() => ({ secret, scheme: { kind: 'token' }, replay }));
    const probed = await machine.run(['webhook', 'probe', good.url]);
    expect(probed).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/✓ a genuine one.*\n\nClean: /s),
    });
    expect(good.taken).toHaveLength(2);
    expect(holds(probed.raw, secret)).toBe(false);
    const { stdout } = await machine.run(['status', '--json']);
    const { checks } = JSON.parse(stdout);
    expect(checks.find(({ id }: { id: string }) => id === 'webhook').evidence).toContain('was clean');
  });

  it('says what a bad one takes, with exit code 3, as JSON too', async () => {
    using bad = await serving((request, response) => void request.resume().on('end', () => response.end()));
    const probed = await machine.run(['webhook', 'probe', bad.url]);
    expect(probed).toMatchObject({
      exitCode: 3,
      stdout: expect.stringMatching(/✗ one without any proof\s+taken \(200\): anybody can/),
    });
    const { exitCode, stdout } = await machine.run(['webhook', 'probe', bad.url, '--json']);
    expect([exitCode, JSON.parse(stdout.trim().split('\n').at(-1) ?? '')]).toEqual([
      3,
      expect.objectContaining({ type: 'probed', isClean: false }),
    ]);
  });

  it.each([
    [['https://hooks.example.com/hook']],
    [[]],
    [['http://hooks.example.com/hook', '--yes']],
    [['http://127.0.0.1:9/', '--scheme', 'guess']],
    [['http://127.0.0.1:9/', '--header', 'a b']],
  ])('sends nothing for %j', async words => {
    expect(await machine.run(['webhook', 'probe', ...words])).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

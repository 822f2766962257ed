import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { BehaviourChange } from '../../source/practice/behaviour.ts';
import { type Ended, type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { storedCredentials } from '../support/keyring-items.ts';

type Failures = NonNullable<BehaviourChange['failures']>;

/** Shaped like a key and known to nobody. Put together here, so that no scanner takes this file for a leak. */
const unknownKey = `castai_${'v1'}_${'0'.repeat(64)}_${'f'.repeat(8)}`;

describeWithKeyring('a key that Cast AI does not take', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    const { url, organizationId } = machine.practice;
    const options = ['--environment', 'staging', '--region', url, '--organization', organizationId];
    await machine.run(['profiles', 'add', 'staging', ...options]);
  });
  afterAll(() => machine[Symbol.asyncDispose]());
  afterEach(() => machine.practice.control.behave({ failures: [], unauthorizedAs: 'json' }));

  const add = (key: string, ...words: readonly string[]): Promise<Ended> =>
    machine.run(['keys', 'add', '--profile', 'staging', '--key-stdin', '--json', ...words], { input: key });
  const errorOf = ({ stdout }: Ended): unknown => JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '').error;
  const expectNothingStored = () => {
    expect(storedCredentials(machine.keyring.env)).toEqual([]);
    expect(machine.config()).toMatchObject({ credentials: {}, profiles: { staging: { slots: {} } } });
  };
  const disasters = (...failures: Failures) => machine.practice.control.behave({ failures });

  it.each([
    ['that nobody issued', async () => unknownKey],
    ['that was cut short', async () => machine.practice.keys.viewer.reveal().slice(0, 40)],
    ['of another shape altogether', async () => 'sk-live-0123456789abcdef0123456789abcdef'],
    ['of another region', async () => machine.practice.keys.elsewhere.reveal()],
    [
      'that was disabled',
      async () => {
        await machine.practice.control.disable(machine.practice.keyIds.member);
        return machine.practice.keys.member.reveal();
      },
    ],
    [
      'that has expired',
      async () => {
        await machine.practice.control.expire(machine.practice.keyIds.viewer);
        return machine.practice.keys.viewer.reveal();
      },
    ],
  ])('is refused: one %s', async (_, key) => {
    for (const unauthorizedAs of ['json', 'html', 'text'] as const) {
      machine.practice.control.behave({ unauthorizedAs });
      const ran = await add(await key());
      expect(ran.exitCode).toBe(5);
      expect(errorOf(ran)).toMatchObject({
        code: 'key-invalid',
        message: expect.stringContaining('Nothing was stored'),
      });
    }
    expectNothingStored();
  });

  it('is refused where it belongs to another organization than the profile', async () => {
    const ran = await add(machine.practice.keys.stranger.reveal());
    expect(ran.exitCode).toBe(5);
    expect(errorOf(ran)).toMatchObject({
      code: 'organization-mismatch',
      message: expect.stringMatching(/Strangers.*Nothing was stored/),
    });
    expectNothingStored();
  });

  it.each<[string, string, Failures]>([
    ['answers with a page of HTML', 'unintelligible', [{ kind: 'html200' }]],
    ['answers with half a JSON document', 'unintelligible', [{ kind: 'truncated' }]],
    ['cuts the connection', 'unreachable', [{ kind: 'dropBefore' }]],
    ['cuts the connection after it took the call', 'unreachable', [{ kind: 'dropAfter' }]],
    ['knows no such address', 'unintelligible', [{ kind: 'notFound' }]],
    ['fails, and fails again', 'unreachable', [{ kind: 'serverError' }]],
    ['is too busy', 'unreachable', [{ kind: 'rateLimited', retryAfterSeconds: 0 }]],
  ])('is neither stored nor called wrong when the server %s', async (_, code, failures) => {
    disasters(...failures);
    const ran = await add(machine.practice.keys.personal.reveal());
    expect([ran.exitCode, errorOf(ran)]).toEqual([6, expect.objectContaining({ code })]);
    expectNothingStored();
  });

  it('is stored after the server was slow, busy or broken for a moment', async () => {
    disasters(
      { kind: 'slow', ms: 300 },
      { kind: 'rateLimited', retryAfterSeconds: 0, times: 1 },
      { kind: 'serverError', times: 1 },
    );
    expect(await add(machine.practice.keys.personal.reveal())).toMatchObject({ exitCode: 0 });
    expect(storedCredentials(machine.keyring.env)).toHaveLength(1);
    await machine.run(['keys', 'remove', '--profile', 'staging', '--yes']);
    expectNothingStored();
  });

  it('is stored with a warning when it may not even ask whose it is', async () => {
    disasters({ kind: 'forbidden' });
    const ran = await add(machine.practice.keys.personal.reveal());
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toMatch(/"tone":"warning","text":"The key is alive, but it may not even ask/);
    await machine.run(['keys', 'remove', '--profile', 'staging', '--yes']);
  });

  it('is not stored when nobody listens there, unless --unverified says so', async () => {
    const region = await addressOfNobody();
    await machine.run(['profiles', 'add', 'nowhere', '--environment', 'other', '--region', region]);
    const key = machine.practice.keys.personal.reveal();
    const toNowhere = (...words: readonly string[]) =>
      machine.run(['keys', 'add', '--profile', 'nowhere', '--key-stdin', '--json', ...words], { input: key });
    const ran = await toNowhere();
    expect([ran.exitCode, errorOf(ran)]).toEqual([6, expect.objectContaining({ code: 'unreachable' })]);
    expectNothingStored();
    const stored = await toNowhere('--unverified');
    expect(stored.exitCode).toBe(0);
    expect(stored.stdout).toMatch(/stored unverified/);
    const [credential] = Object.values(machine.config().credentials);
    expect(credential).toMatchObject({ origin: region });
    expect(credential).not.toHaveProperty('verifiedAt');
  });

  it('is refused with --unverified too, where Cast AI says that it is wrong', async () => {
    expect(await add(unknownKey, '--unverified')).toMatchObject({ exitCode: 5 });
  });
});

/** The address of a port that was free a moment ago. */
async function addressOfNobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

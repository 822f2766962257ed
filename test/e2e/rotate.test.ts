import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { storedCredentials } from '../support/keyring-items.ts';

describeWithKeyring('castkeys rotate', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const waiting = 'setInterval(() => {}, 1000); console.log("ready")';
  const rotate = (...words: string[]) => machine.run(['rotate', ...words]);
  const keysOfViewer = () =>
    machine.practice.control.overview().keys.filter(({ owner }) => owner.name === 'practice-viewer');
  /** By way of a file: what is printed is searched for keys in the end. */
  const currentKey = async () => {
    const file = join(machine.directory, 'key');
    await machine.run(['run', '--', 'sh', '-c', `printf %s "$CASTAI_API_KEY" > ${file}`]);
    return readFileSync(file, 'utf8');
  };
  const expectOneKeyThatWorks = async () => {
    expect((await machine.run(['run', '--', 'true'])).exitCode).toBe(0);
    const status = await machine.run(['status', '--json']);
    expect(JSON.parse(status.stdout).checks).toContainEqual(
      expect.objectContaining({ id: 'keys-live', state: 'pass' }),
    );
    expect(keysOfViewer()).toHaveLength(1);
  };

  it('without an admin credential names both ways, and changes nothing', async () => {
    const refused = await rotate('--yes');
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toMatch(/keys add --role admin.*rotate --manual/);
    expect(keysOfViewer()).toHaveLength(1);
    const admin = await machine.run(['keys', 'add', '--role', 'admin', '--from-env', 'ADMIN'], {
      env: { ADMIN: machine.practice.keys.admin.reveal() },
    });
    expect(admin.exitCode, admin.stderr).toBe(0);
  });

  it('says what would happen, and does nothing', async () => {
    const before = machine.config();
    const plan = await rotate('--plan');
    expect(plan.exitCode, plan.stderr).toBe(0);
    expect(plan.stdout).toMatch(/1\. make the key castkeys\/development\/reader\/[0-9a-f]{8}-1/);
    expect(plan.stdout).toContain('delete practice-viewer-key at Cast AI');
    expect(machine.config()).toEqual(before);
    expect(keysOfViewer()).toHaveLength(1);
    const asJson = await rotate('--plan', '--json');
    expect(lastEvent(asJson.stdout)).toMatchObject({
      rotation: { phase: 'planned' },
      plan: expect.any(Array),
    });
  });

  it('asks before it starts: nobody there is no yes', async () => {
    expect(await rotate('--answers', machine.writeAnswers({}))).toMatchObject({ exitCode: 130 });
    expect(keysOfViewer()).toHaveLength(1);
  });

  it('rotates to the end where nothing is to be waited for', async () => {
    const old = await currentKey();
    const ended = await rotate('--yes', '--drain', '0s', '--json');
    expect(ended.exitCode, ended.stderr).toBe(0);
    expect(lastEvent(ended.stdout)).toMatchObject({
      type: 'finished',
      outcome: 'finished',
      rotation: {
        profile: 'development',
        role: 'reader',
        phase: 'deleted',
        oldKeyId: machine.practice.keyIds.viewer,
        newKeyId: keysOfViewer()[0]?.id,
        proofs: expect.arrayContaining([expect.objectContaining({ phase: 'dead' })]),
      },
    });
    expect(await currentKey()).not.toBe(old);
    await expectOneKeyThatWorks();
    expect(storedCredentials(machine.keyring.env)).toHaveLength(2);
  });

  it('drains for a day, says so with 7, goes on only when it is over, and rolls back', async () => {
    const old = await currentKey();
    const draining = await rotate('--yes', '--json');
    expect(draining.exitCode, draining.stderr).toBe(7);
    expect(lastEvent(draining.stdout)).toMatchObject({
      rotation: { phase: 'draining', waiting: { reason: 'draining', until: expect.any(String) } },
    });
    expect(await currentKey()).not.toBe(old);
    expect(await rotate('--resume')).toMatchObject({ exitCode: 7 });
    expect(keysOfViewer()).toHaveLength(2);
    const back = await rotate('--rollback', '--json');
    expect(back.exitCode, back.stderr).toBe(0);
    expect(lastEvent(back.stdout)).toMatchObject({ rotation: { phase: 'rolled-back' } });
    expect(await currentKey()).toBe(old);
    await expectOneKeyThatWorks();
  });

  it('with nothing unfinished says so, and starts nothing', async () => {
    const nothing = await rotate('--resume');
    expect(nothing).toMatchObject({ exitCode: 0 });
    expect(nothing.stdout).toContain('nothing was started');
    expect(await rotate('--rollback')).toMatchObject({ exitCode: 1 });
    expect(keysOfViewer()).toHaveLength(1);
  });

  it('switches a leaked key off first, and shows how soon it was refused', async () => {
    const leaked = await currentKey();
    const ended = await rotate('--emergency', '--yes', '--json');
    expect(ended.exitCode, ended.stderr).toBe(0);
    const { rotation } = lastEvent(ended.stdout);
    expect(rotation).toMatchObject({ phase: 'deleted', emergency: true });
    expect(rotation.deadAfterSeconds).toBeLessThan(3);
    const answer = await fetch(`${machine.practice.url}/v1/me`, { headers: { 'X-API-Key': leaked } });
    expect(answer.status).toBe(401);
    await expectOneKeyThatWorks();
  });

  it('holds the old key while a command that got it still runs', async () => {
    await using running = machine.start(['run', '--', process.execPath, '-e', waiting]);
    await running.line(/ready/);
    const held = await rotate('--yes', '--drain', '0s', '--json');
    expect(held.exitCode, held.stderr).toBe(7);
    expect(lastEvent(held.stdout)).toMatchObject({ rotation: { waiting: { reason: 'runs-hold-old-key' } } });
    running.signal('SIGTERM');
    await running.ended;
    expect(await rotate('--resume')).toMatchObject({ exitCode: 0 });
    await expectOneKeyThatWorks();
  });

  it('can not bring back a key that somebody deleted, and goes on with the new one', async () => {
    expect(await rotate('--yes')).toMatchObject({ exitCode: 7 });
    const [old] = keysOfViewer();
    await machine.practice.control.delete(old?.id ?? '');
    const back = await rotate('--rollback');
    expect(back).toMatchObject({ exitCode: 1 });
    expect(back.stderr).toMatch(/was deleted at Cast AI: it can not come back.*\n.*--resume/);
    const on = await rotate('--resume');
    expect(on.exitCode, on.stderr).toBe(0);
    await expectOneKeyThatWorks();
  });

  it('rotates the admin credential with itself, and goes on with the new one', async () => {
    const ended = await rotate('--role', 'admin', '--yes', '--drain', '0s', '--json');
    expect(ended.exitCode, ended.stderr).toBe(0);
    expect(lastEvent(ended.stdout)).toMatchObject({ rotation: { role: 'admin', phase: 'deleted' } });
    expect(await rotate('--yes', '--drain', '0s')).toMatchObject({ exitCode: 0 });
    await expectOneKeyThatWorks();
  });

  it('tells nothing of any key', async () => {
    const written = (await machine.written()).toString();
    for (const key of Object.values(machine.practice.keys))
      expect(written).not.toContain(key.reveal().slice(10, 40));
    expect(written).not.toMatch(/castai_v1_[0-9a-f]{20}/);
  });
});

/** The last line of a flow's JSON. */
function lastEvent(stdout: string) {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';

const lastEvent = (stdout: string) => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');

describeWithKeyring('rotating by other ways', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const rotate = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    machine.run(['rotate', ...words, '--json'], { env });
  const control = () => machine.practice.control;
  const keysOf = (name: string) =>
    control()
      .overview()
      .keys.filter(({ owner }) => owner.name === name);
  const works = async () => {
    const { checks } = JSON.parse((await machine.run(['status', '--json'])).stdout);
    return checks.find(({ id }: { id: string }) => id === 'keys-live').state === 'pass';
  };

  it('through the console: a person makes and revokes, castkeys does the rest and looks for itself', async () => {
    const [old] = keysOf('practice-viewer');
    const owner = { ownerId: old?.owner.id ?? '', organizationId: machine.practice.organizationId };
    const made = await control().issue({ name: 'made in the console', ...owner });
    const answers = machine.writeAnswers({ 'rotate.start': true, 'rotate.new-key': { env: 'PASTED' } });
    const begun = await rotate(['--manual', '--drain', '0s', '--answers', answers], {
      PASTED: made.secret.reveal(),
    });
    expect(begun.exitCode, begun.stderr).toBe(7);
    expect(lastEvent(begun.stdout)).toMatchObject({
      rotation: {
        phase: 'delivered',
        waiting: { reason: 'person', words: expect.stringContaining('switch it off') },
      },
    });
    // Said to be off, and seen to be on: it is not believed.
    const lied = await rotate([
      '--resume',
      '--answers',
      machine.writeAnswers({ 'rotate.old-disabled': true }),
    ]);
    expect(lied.exitCode, lied.stderr).toBe(7);
    await control().disable(old?.id ?? '');
    const off = await rotate(['--resume']);
    expect(lastEvent(off.stdout)).toMatchObject({ rotation: { phase: 'dead' } });
    await control().delete(old?.id ?? '');
    const ended = await rotate(['--resume']);
    expect(ended.exitCode, ended.stderr).toBe(0);
    expect(lastEvent(ended.stdout)).toMatchObject({ rotation: { phase: 'deleted' } });
    expect(await works()).toBe(true);
    expect(keysOf('practice-viewer').map(({ id }) => id)).toEqual([made.id]);
  });

  it('with a consumer that fails holds the old key, tells which, and goes on once it is mended', async () => {
    await machine.run(['keys', 'add', '--role', 'admin', '--from-env', 'ADMIN'], {
      env: { ADMIN: machine.practice.keys.admin.reveal() },
    });
    const script = join(machine.project, 'deliver.sh');
    writeFileSync(script, 'cat > got; exit 1');
    const consumers = [
      {
        kind: 'command',
        name: 'first',
        deliver: ['sh', '-c', 'cat > first'],
        prove: ['sh', '-c', 'cmp -s - first'],
      },
      { kind: 'command', name: 'second', deliver: ['sh', 'deliver.sh'] },
    ];
    writeFileSync(
      join(machine.project, '.castkeys.json'),
      JSON.stringify({ profile: 'development', consumers }),
    );

    const unasked = await machine.run([
      'rotate',
      '--drain',
      '0s',
      '--answers',
      machine.writeAnswers({ 'rotate.start': true }),
    ]);
    expect(unasked, unasked.stderr).toMatchObject({ exitCode: 130 });
    expect(unasked.stderr).toContain(
      'the consumer second gets the reader key on standard input of: sh deliver.sh',
    );

    const held = await rotate(['--yes', '--drain', '0s']);
    expect(held.exitCode, held.stderr).toBe(7);
    expect(lastEvent(held.stdout)).toMatchObject({
      rotation: {
        phase: 'promoted',
        waiting: { reason: 'delivery-failed', words: expect.stringContaining('second') },
      },
    });
    expect(keysOf('practice-viewer').filter(({ active }) => active)).toHaveLength(2);
    writeFileSync(script, 'cat > got');
    // From anywhere: what was agreed to is remembered.
    const ended = await machine.run(['rotate', '--resume', '--json'], { cwd: machine.directory });
    expect(ended.exitCode, ended.stderr).toBe(0);
    const file = join(machine.directory, 'key');
    await machine.run(['run', '--', 'sh', '-c', `printf %s "$CASTAI_API_KEY" > ${file}`]);
    expect(readFileSync(join(machine.project, 'got'), 'utf8')).toBe(readFileSync(file, 'utf8'));
    expect(readFileSync(join(machine.project, 'first'), 'utf8')).toBe(readFileSync(file, 'utf8'));
  });

  it('to a service account of its own with what the policy allows', async () => {
    const moved = await rotate(['--to-policy', '--yes', '--drain', '0s']);
    expect(moved.exitCode, moved.stderr).toBe(0);
    expect(keysOf('castkeys-development-reader')).toHaveLength(1);
    expect(keysOf('practice-viewer')).toEqual([]);
    const status = JSON.parse((await machine.run(['status', '--json'])).stdout);
    const states = Object.fromEntries(
      status.checks.map(({ id, state }: { id: string; state: string }) => [id, state]),
    );
    expect(states).toMatchObject({
      'keys-live': 'pass',
      'least-privilege': 'pass',
      'service-account': 'pass',
      'old-keys': 'pass',
    });
  });

  it('a personal key only where the admin credential is the same person', async () => {
    expect((await machine.setUp('production', machine.practice.keys.readonly.reveal())).exitCode).toBe(0);
    const adopted = await machine.run(['keys', 'adopt', '--profile', 'production']);
    expect(adopted.exitCode, adopted.stderr).toBe(0);
    const refused = await machine.run(['rotate', '--profile', 'production', '--yes', '--drain', '0s']);
    expect(refused).toMatchObject({ exitCode: 5 });
    expect(refused.stderr).toMatch(/only that person.*\n.*--manual.*--to-policy/);
    await machine.run(
      ['keys', 'add', '--role', 'admin', '--replace', '--from-env', 'ADMIN', '--profile', 'production'],
      {
        env: { ADMIN: machine.practice.keys.personal.reveal() },
      },
    );
    const ended = await rotate(['--profile', 'production', '--yes', '--drain', '0s']);
    expect(ended.exitCode, ended.stderr).toBe(0);
    const personal = keysOf('Olive Owner').find(({ name }) => name.startsWith('castkeys/production/reader/'));
    expect(personal).toMatchObject({ readonly: true, active: true });
  });

  it('all that are due, one after the other', async () => {
    const file = join(machine.home, 'config.json');
    const config = JSON.parse(readFileSync(file, 'utf8'));
    for (const name of ['development', 'production']) {
      const { slots } = config.profiles[name];
      config.credentials[slots.reader].createdAt = '2020-01-01T00:00:00.000Z';
    }
    writeFileSync(file, JSON.stringify(config));
    const due = await machine.run(['rotate', '--due', '--yes', '--drain', '0s']);
    expect(due.exitCode, due.stderr).toBe(0);
    expect(due.stderr).toMatch(/2 due: development reader, production reader\./);
    expect(due.stdout).toMatch(/development reader: rotated[\s\S]*production reader: rotated/);
    expect(await machine.run(['rotate', '--due', '--yes'])).toMatchObject({ exitCode: 0 });
  });

  it('is interrupted with 7, loses nothing, and goes on', async () => {
    control().behave({ failures: [{ kind: 'slow', ms: 700, method: 'GET', path: '/v1/me' }] });
    await using running = machine.start(['rotate', '--yes', '--drain', '0s', '--json']);
    await running.line(/"step-started","id":"rotate.prove"/);
    running.signal('SIGINT');
    const ended = await running.ended;
    control().behave({ failures: [] });
    expect(ended.exitCode, ended.stderr).toBe(7);
    expect(ended.stdout).toMatch(/"rotation-unfinished".*no key is lost.*--resume/);
    expect(await rotate(['--resume'])).toMatchObject({ exitCode: 0 });
    expect(keysOf('castkeys-development-reader')).toHaveLength(1);
  });

  it('two at once: one goes, the other is told who and since when', async () => {
    control().behave({ failures: [{ kind: 'slow', ms: 700, method: 'POST' }] });
    await using first = machine.start(['rotate', '--yes', '--drain', '0s', '--json']);
    await first.line(/"step-started","id":"rotate.create"/);
    const second = await machine.run(['rotate', '--yes', '--drain', '0s']);
    control().behave({ failures: [] });
    expect(second).toMatchObject({ exitCode: 1 });
    expect(second.stderr).toMatch(/being rotated in another terminal \(process \d+ on .*, since 20/);
    expect(await first.ended).toMatchObject({ exitCode: 0 });
  });

  it('with --yes asks nothing at a terminal, and shows the way it goes', async () => {
    await using terminal = machine.open(['rotate', '--yes', '--drain', '0s'], { columns: 120, rows: 40 });
    await terminal.waitFor(/[1-9] of [78]/);
    await terminal.waitFor('old key refused (401)');
    expect((await terminal.exited).exitCode).toBe(0);
    await terminal.waitFor('development reader: rotated.');
    for (const key of Object.values(machine.practice.keys))
      expect(terminal.raw().toString()).not.toContain(key.reveal().slice(10, 40));
  });

  it('words that do not go together are refused before anything is looked at', async () => {
    for (const words of [
      ['--plan', '--rollback'],
      ['--due', '--role', 'reader'],
      ['--install'],
      ['--drain', 'soon'],
      ['--role', 'king'],
    ]) {
      expect(await machine.run(['rotate', ...words]), words.join(' ')).toMatchObject({ exitCode: 2 });
    }
  });

  it('a timer is printed', async () => {
    const printed = await machine.run(['rotate', '--schedule', '--json']);
    expect(JSON.parse(printed.stdout).schedule).toMatchObject({ installed: false });
    expect(printed.stdout).toContain('--due');
  });
});

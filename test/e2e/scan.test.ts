import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Workshop, workshop } from '../leaks/support/git.ts';
import { keyOf } from '../leaks/support/keys.ts';
import { holds } from '../support/canary.ts';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { key } from '../support/terminal.ts';

const git = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
const author = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@x.example',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@x.example',
};

describeWithKeyring('castkeys scan', () => {
  let machine: Machine;
  let repository: Workshop;
  let own: string;

  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp();
    own = machine.practice.keys.viewer.reveal();
    repository = workshop(join(machine.directory, 'repository'));
    repository.commit({ '.env': `CASTAI_API_KEY=${own}\n`, 'docs/example': keyOf('example') }, 'first');
    repository.git('rm', '--quiet', '--cached', '.env');
    repository.commit({ '.gitignore': '.env\n' }, 'second');
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const scan = async (args: readonly string[], env: Record<string, string> = {}) => {
    const ran = await machine.run(['scan', ...args], { cwd: repository.path, env: { ...git, ...env } });
    return { ...ran, document: args.includes('--json') ? JSON.parse(ran.stdout) : undefined };
  };

  it('finds an own key by value in history and in an ignored file, and says what to do', async () => {
    const { exitCode, document } = await scan(['--json']);
    expect(exitCode).toBe(3);
    const mine = document.findings.filter(({ kind }: { kind: string }) => kind === 'own-key');
    expect(mine).toMatchObject([
      { where: 'worktree', path: '.env', profile: 'development', role: 'reader', next: 'castkeys clean-up' },
      {
        where: 'blob',
        path: '.env',
        line: 1,
        commits: [repository.git('rev-parse', 'HEAD~1')],
        introduced: { author: 'a' },
        reachable: true,
        encoding: 'plain',
        preview: `${own.slice(0, 12)}…`,
        next: 'castkeys rotate --emergency --profile development --role reader',
      },
    ]);
    expect(document.scanned).toMatchObject({ objects: 8, complete: true });
  });

  it('reads nothing again, says the same, and asks Cast AI only with --live', async () => {
    const { document } = await scan(['--history', '--json']);
    expect(document.scanned).toMatchObject({ objects: 0, known: 8 });
    expect(document.findings).toHaveLength(2);
    const live = (await scan(['--history', '--live', '--json'])).document.findings;
    expect(live.map(({ live: state }: { live: string }) => state).toSorted()).toEqual(['unknown', 'works']);
  });

  it('is measured by the checklist', async () => {
    const status = await machine.run(['status', '--json'], { cwd: repository.path, env: git });
    const check = JSON.parse(status.stdout).checks.find(({ id }: { id: string }) => id === 'leaks');
    expect(check).toMatchObject({ state: 'fail', evidence: '2 keys in 2 places' });
  });

  it('leaves out an example, but never the own key', async () => {
    const { findings } = (await scan(['--history', '--json'])).document;
    for (const { content } of findings) {
      expect((await scan(['--ignore', content, '--reason', 'an example'])).exitCode).toBe(0);
    }
    const { document } = await scan(['--history', '--json']);
    expect(document.findings.map(({ kind }: { kind: string }) => kind)).toEqual(['own-key']);
    expect(document.ignored).toBe(1);
    expect(readFileSync(join(repository.path, '.castkeys.json'), 'utf8')).toContain('"reason": "an example"');
    expect((await scan(['--ignore', 'nonsense', '--reason', 'x'])).exitCode).toBe(2);
    expect((await scan(['--ignore', 'a'.repeat(24)])).exitCode).toBe(2);
  });

  it('stops a commit and a push through its hooks', async () => {
    expect((await scan(['--install-hook'])).exitCode).toBe(0);
    repository.write('leak', `x ${own}`);
    repository.git('add', 'leak');
    const env = { ...machine.env, ...git, ...author };
    const run = (...args: readonly string[]) =>
      execFileSync('git', args, {
        cwd: repository.path,
        env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    expect(() => run('commit', '-m', 'leak')).toThrow(/development reader, in use/);
    run('reset', '--quiet');
    run('commit', '--quiet', '--allow-empty', '-m', 'clean');
    execFileSync('git', ['init', '--quiet', '--bare', join(machine.directory, 'remote.git')], { env });
    expect(() => run('push', join(machine.directory, 'remote.git'), 'main')).toThrow(
      /castkeys rotate --emergency/,
    );
  });

  it('asks at a terminal what to do, and starts it', async () => {
    const terminal = machine.openAny(
      'sh',
      [
        '-c',
        `cd ${repository.path} && exec ${process.execPath} ${join(process.cwd(), 'dist/castkeys.cjs')} scan --history`,
      ],
      { env: git },
    );
    await terminal.waitFor('What now?');
    expect(terminal.screen().join('\n')).toContain('Replace the development reader key in emergency');
    terminal.type(key.down);
    terminal.type(key.enter);
    expect((await terminal.exited).exitCode).toBe(3);
    expect(terminal.screen().join('\n')).toContain('→ castkeys rotate --emergency');
  });

  it('refuses what makes no sense', async () => {
    for (const words of [['--history', '--staged'], ['nowhere'], ['a', 'b'], ['--rules', 'grep']]) {
      expect((await scan(words)).exitCode).toBe(2);
    }
    const outside = await machine.run(['scan', '--history', '--json'], { cwd: machine.project });
    expect(JSON.parse(outside.stdout).error.code).toBe('not-a-repository');
  });

  it('prints a log for code hosts, and rules for others', async () => {
    const { stdout, exitCode } = await scan(['--history', '--sarif']);
    expect(exitCode).toBe(3);
    // The second is of the file that was staged and never committed.
    expect(JSON.parse(stdout).runs[0].results).toHaveLength(2);
    expect((await scan(['--rules', 'gitleaks'])).stdout).toContain('castai-api-key');
  });

  it('looks where nobody put a key on purpose', async () => {
    writeFileSync(join(machine.directory, '.bash_history'), `export K=${own}\n`);
    const { document } = await scan(['--everywhere', '--json']);
    const files = document.findings.filter(({ where }: { where: string }) => where === 'file');
    expect(files).toMatchObject([
      { path: join(machine.directory, '.bash_history'), line: 1, kind: 'own-key' },
    ]);
  });

  it('gives away no key, on a terminal or in its files', async () => {
    const written = await machine.written();
    for (const secret of [own, keyOf('example')]) {
      expect(holds(written, secret)).toBe(false);
    }
  });
});

describeWithKeyring('castkeys scan with a locked keychain', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it('says so; a hook looks for the shape of a key all the same', async () => {
    const repository = workshop(join(machine.directory, 'repository'));
    repository.write('leak', keyOf('any'));
    repository.git('add', 'leak');
    await machine.keyring.lock();
    const run = (...args: readonly string[]) =>
      machine.run(['scan', ...args], { cwd: repository.path, env: git });
    expect((await run()).exitCode).toBe(4);
    const staged = await run('--staged');
    expect(staged.exitCode).toBe(3);
    expect(staged.stderr).toContain('Only the shape of a key was looked for');
    expect((await run('--shape-only', '--json')).exitCode).toBe(3);
  });
});

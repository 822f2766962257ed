import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { start } from '../support/program.ts';

/** The code blocks of a page that import the library, with the heading they stand under. */
function examplesIn(page: string): readonly { readonly title: string; readonly code: string }[] {
  const sections = readFileSync(page, 'utf8').split(/^#+ /m).slice(1);
  return sections.flatMap(section => {
    const title = section.split('\n', 1)[0] ?? '';
    const blocks = [...section.matchAll(/^```ts\n(.*?)^```$/gms)];
    return blocks.map(([, code = '']) => ({ title, code }));
  });
}

const examples = examplesIn('docs/library.md');

describeWithKeyring('the library, as it is packaged', () => {
  let machine: Machine;
  let project: string;
  beforeAll(async () => {
    machine = await newMachine();
    const { viewer, member } = machine.practice.keys;
    await machine.setUp('production', viewer.reveal());
    await machine.run(['keys', 'add', '--role', 'writer', '--from-env', 'NEW_KEY', '--yes'], {
      env: { NEW_KEY: member.reveal() },
    });
    project = join(machine.directory, 'consumer');
    const modules = join(project, 'node_modules');
    mkdirSync(join(modules, '@types'), { recursive: true });
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', project], { stdio: 'pipe' });
    const [tarball = ''] = readdirSync(project).filter(name => name.endsWith('.tgz'));
    execFileSync('tar', ['xzf', join(project, tarball), '-C', modules]);
    execFileSync('mv', [join(modules, 'package'), join(modules, 'castkeys')]);
    mkdirSync(join(modules, 'castkeys/node_modules'));
    for (const [from, to] of [
      ['keytar', 'castkeys/node_modules/keytar'],
      ['@types/node', '@types/node'],
      ['undici-types', 'undici-types'],
    ] as const) {
      symlinkSync(resolve('node_modules', from), join(modules, to));
    }
    writeFileSync(join(project, 'package.json'), '{"private": true, "type": "module"}');
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const runIn = (
    name: string,
    code: string,
    env: Readonly<Record<string, string>> = {},
    before: readonly string[] = [],
  ) => {
    const file = join(project, name);
    writeFileSync(file, code);
    const [command = process.execPath, ...args] = [...before, process.execPath, file];
    return start(command, args, { cwd: project, env: { ...machine.env, ...env } }).ended;
  };

  it('has examples in its documentation', () => expect(examples.length).toBeGreaterThanOrEqual(4));

  it.each(examples.map(({ title, code }, index) => [title, code, index] as const))(
    'does what is shown under "%s"',
    async (_, code, index) => {
      const ran = await runIn(`example-${index}.ts`, code);
      expect(ran).toMatchObject({ exitCode: 0, stderr: expect.not.stringMatching(/Error|castai_v1_\w/) });
      const shown = /console\.log/.test(code) ? /\S/ : /^$/;
      expect(ran.stdout).toMatch(shown);
    },
  );

  it('has types that strict programs are checked with', async () => {
    const strict = [
      "import { castai, readChecklist, CastaiError, type Castai } from 'castkeys';",
      "const both: Castai = castai('production');",
      'const name: string | undefined = (await both.reader.clusters())[0]?.name;',
      'const age: Date | string | undefined = (await both.writer.tokens.list())[0]?.createdAt;',
      "// @ts-expect-error a cluster's name is a text",
      'const wrong: number | undefined = (await both.reader.clusters())[0]?.name;',
      "const state: 'pass' | 'warn' | 'fail' | 'unknown' | 'skip' | undefined = (await readChecklist()).checks[0]?.state;",
      'export { age, name, state, wrong, CastaiError };',
    ].join('\n');
    writeFileSync(join(project, 'strict.ts'), strict);
    for (const [index, { code }] of examples.entries())
      writeFileSync(join(project, `example-${index}.ts`), code);
    for (const moduleResolution of ['nodenext', 'bundler'] as const) {
      const compilerOptions = {
        module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext',
        moduleResolution,
        target: 'es2023',
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
        types: ['node'],
      };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
      const checked = await start(
        process.execPath,
        [resolve('node_modules/typescript/bin/tsc'), '-p', project],
        { cwd: project, env: machine.env },
      ).ended;
      expect([checked.exitCode, checked.stdout]).toEqual([0, '']);
    }
  });

  const who = `import { castai } from 'castkeys';
    const { reader, writer, keysFrom, origin } = castai(process.env.ASKED || undefined);
    const name = async client => (await client.me()).name;
    console.log(JSON.stringify({ keysFrom, origin, reader: await name(reader), writer: await name(writer) }));`;

  it('has keys of the keychain', async () => {
    const ran = await runIn('who.js', who, { ASKED: 'production' });
    expect(JSON.parse(ran.stdout)).toEqual({
      keysFrom: 'keychain',
      origin: machine.practice.url,
      reader: expect.stringContaining('viewer'),
      writer: expect.stringContaining('member'),
    });
  });

  it('has tokens of the broker', async () => {
    const broker = [process.execPath, resolve('dist/castkeys.cjs'), 'run', '--broker', '--'];
    const ran = await runIn('who.js', who, {}, broker);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      keysFrom: 'broker',
      origin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      reader: expect.stringContaining('viewer'),
      writer: expect.stringContaining('member'),
    });
    expect(JSON.parse(ran.stdout).origin).not.toBe(machine.practice.url);
  });

  it('has keys from variables where castkeys is not set up, as in CI', async () => {
    const { viewer, member } = machine.practice.keys;
    const home = {
      CASTKEYS_HOME: join(machine.directory, 'nothing-here'),
      CASTAI_API_URL: machine.practice.url,
    };
    const both = { ...home, CASTAI_READ_KEY: viewer.reveal(), CASTAI_WRITE_KEY: member.reveal() };
    const one = { ...home, CASTAI_API_TOKEN: member.reveal() };
    const [two, single] = [await runIn('who.js', who, both), await runIn('who.js', who, one)];
    expect(JSON.parse(two.stdout)).toMatchObject({
      keysFrom: 'variables',
      reader: expect.stringContaining('viewer'),
      writer: expect.stringContaining('member'),
    });
    expect(JSON.parse(single.stdout)).toMatchObject({
      reader: expect.stringContaining('member'),
      writer: expect.stringContaining('member'),
    });
    const none = await runIn('who.js', who, { CASTKEYS_HOME: home.CASTKEYS_HOME });
    expect(none.stderr).toMatch(/profile-missing/);
  });

  it('says what is wrong, with the next command, and never a key', async () => {
    await machine.keyring.lock();
    const ran = await runIn('who.js', who, { ASKED: 'production' });
    await machine.keyring.restart();
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toMatch(/keychain-locked/);
    const unknown = await runIn('who.js', who, { ASKED: 'nobody' });
    expect(unknown.stderr).toMatch(/There is no profile called "nobody"/);
  });

  it('lets a program end: nothing is held open', async () => {
    const code =
      "import { castai } from 'castkeys'; await castai('production').reader.me(); console.log('done')";
    expect(await runIn('end.js', code)).toMatchObject({ exitCode: 0, stdout: 'done\n' });
  });
});

describe('what the library loads', () => {
  it('is no screen, at no depth', () => {
    const seen = new Set<string>();
    const load = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(join('dist', file), 'utf8');
      for (const [, name = ''] of text.matchAll(/(?:from|import)\s*\(?"(\.[^"]+\.js)"/g)) {
        load(join(file, '..', name));
      }
    };
    load('index.js');
    expect(seen.size).toBeGreaterThan(5);
    const marks = /react\.(?:element|transitional)|yoga-layout|useInput|@inquirer|node:readline/;
    const screens = [...seen].filter(file => marks.test(readFileSync(join('dist', file), 'utf8')));
    expect(screens).toEqual([]);
    // The marks are what a screen has.
    const all = readdirSync('dist/chunks').filter(file =>
      marks.test(readFileSync(join('dist/chunks', file), 'utf8')),
    );
    expect(all.length).toBeGreaterThan(0);
  });
});

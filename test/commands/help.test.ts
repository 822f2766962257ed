import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questionsByCommand } from '../../source/commands/help/answers.ts';
import { topicNames } from '../../source/commands/help/topics.ts';
import { commandHelp, generalHelp } from '../../source/commands/help.ts';
import { verbs } from '../../source/commands/verbs.ts';
import { exitCodes } from '../../source/errors.ts';
import { type ShellMachine, shellMachine } from './support/shell-machine.ts';

let machine: ShellMachine;
beforeAll(async () => {
  machine = await shellMachine();
});
afterAll(() => machine[Symbol.asyncDispose]());

const help = (...words: readonly string[]) => machine.run('castkeys', ['help', ...words]);

const tooLong = (text: string) => text.split('\n').filter(line => line.length > 80);

/** The kind in `select({ id: '…'`, as the flows have it. */
function kindAsked(id: string, flows: string): string | undefined {
  const written = id
    .replace(/^key\.(reader|writer|admin)$/, ['key.$', '{role}'].join(''))
    .replace(/^source\.(reader|writer)$/, ['source.$', '{slot.role}'].join(''))
    .replaceAll(/[.$]/g, '\\$&');
  return new RegExp(
    `\\b(text|secret|select|multiselect|confirm)(?:<[^>]*>)?\\(\\{\\s*id: ['\`]${written}['\`]`,
  ).exec(flows)?.[1];
}

async function sourcesOf(directory: string): Promise<string> {
  const files = await readdir(directory, { recursive: true });
  const sources = files
    .filter(file => file.endsWith('.ts'))
    .map(file => readFile(join(directory, file), 'utf8'));
  return (await Promise.all(sources)).join('\n');
}

describe('Help', () => {
  it('fits 80 columns, in general and for every command', async () => {
    expect(tooLong(generalHelp(verbs))).toEqual([]);
    for (const { load } of verbs) expect(tooLong(commandHelp((await load()).command))).toEqual([]);
  });

  it('lists --version with its short form in line with the other options', () => {
    const lines = generalHelp(verbs).split('\n');
    const columnOf = (option: string, help: string) =>
      lines.find(line => line.startsWith(`  ${option} `))?.indexOf(help);
    const column = columnOf('-h, --help', 'this text');
    expect(column).toBeGreaterThan(0);
    expect(columnOf('-v, --version', 'the version')).toBe(column);
    expect(columnOf('    --plain', 'linear')).toBe(column);
  });

  it('names every command and every topic', async () => {
    const { stdout, exitCode } = await help();
    expect(exitCode).toBe(0);
    expect(stdout).toBe(generalHelp(verbs));
    for (const { words } of verbs) expect(stdout).toContain(`\n  ${words.join(' ')} `);
    for (const name of topicNames) expect(stdout).toContain(`\n  ${name} `);
  });

  it('of a command is what the command says with --help', async () => {
    const asked = await help('profiles', 'add');
    expect(asked.stdout).toContain('Usage: castkeys profiles add NAME\n');
    expect(asked).toEqual(await machine.run('castkeys', ['profiles', 'add', '--help']));
  });

  it('of a noun lists its commands', async () => {
    expect((await help('keys')).stdout).toContain('  keys remove  ');
  });

  it('of something unknown is exit 2 and names the topics', async () => {
    const { exitCode, stderr, stdout } = await help('rotating', 'things');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('"rotating things"');
    expect(stderr).toContain(topicNames.join(', '));
  });
});

describe('A topic', () => {
  it.each(topicNames)('%s is told in 80 columns', async name => {
    const { exitCode, stdout } = await help(name);
    expect(exitCode).toBe(0);
    expect(stdout.length).toBeGreaterThan(300);
    expect(tooLong(stdout.replaceAll(machine.directory, '~'))).toEqual([]);
  });

  it('exit-codes has every error code there is', async () => {
    const { stdout } = await help('exit-codes');
    for (const code of Object.keys(exitCodes)) expect(stdout).toMatch(new RegExp(`\\b${code}\\b`));
    for (const code of new Set(Object.values(exitCodes))) expect(stdout).toContain(`\n  ${code} `);
  });

  it('answers has every question of every flow, with the kind that the flow asks it as', async () => {
    const { stdout } = await help('answers');
    const flows = await sourcesOf('source/flows');
    for (const [command, ids] of questionsByCommand) {
      const [part = ''] = stdout.slice(stdout.indexOf(`castkeys ${command}:`)).split('\n\n');
      for (const id of ids) {
        const kind = part
          .split('\n')
          .find(line => line.startsWith(`  ${id} `))
          ?.split(/ +/)[2];
        expect(`${id} ${kind}`).toBe(`${id} ${kindAsked(id, flows)}`);
      }
    }
  });

  it('regions has every region, and no host that is not the API', async () => {
    const { stdout } = await help('regions');
    for (const host of ['api.cast.ai', 'api.eu.cast.ai', 'api.india.cast.ai']) {
      expect(stdout).toContain(`https://${host}`);
    }
  });

  it('security says what it does not protect against', async () => {
    const { stdout } = await help('security');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('any process run by the same node may read');
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbs } from '../../source/commands/verbs.ts';
import { updateConfig } from '../../source/profiles/profiles.ts';
import { key, openTerminal } from '../support/terminal.ts';
import { profileAt, type ShellMachine, shellMachine } from './support/shell-machine.ts';

let machine: ShellMachine;

beforeAll(async () => {
  machine = await shellMachine();
  const origin = 'https://api.cast.ai';
  await updateConfig(machine.home, config => ({
    ...config,
    activeProfile: 'production',
    profiles: {
      production: profileAt(origin, { slots: { reader: 'p-reader', writer: 'p-writer' } }),
      staging: profileAt(origin, { slots: { reader: 's-reader' } }),
    },
  }));
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await machine.run('castkeys', ['completion', shell]);
    writeFileSync(join(machine.directory, shell), stdout);
  }
  writeFileSync(
    join(machine.directory, 'try.bash'),
    `source ./bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _castkeys; printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
});
afterAll(() => machine[Symbol.asyncDispose]());

/** What bash offers for the last of the words. */
async function bash(...words: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await machine.run('bash', ['--norc', 'try.bash', 'castkeys', ...words]);
  return stdout.trim().split('\n');
}

/** What fish offers for a line, descriptions left out. */
async function fish(line: string): Promise<readonly string[]> {
  const { stdout } = await machine.run('fish', ['--no-config', '-c', `source ./fish; complete -C '${line}'`]);
  return stdout
    .trim()
    .split('\n')
    .map(offered => offered.split('\t')[0] ?? '');
}

describe('In bash, Tab', () => {
  it('completes every command', async () => {
    const nouns = new Set(verbs.map(({ words }) => words[0]));
    expect(new Set(await bash(''))).toEqual(nouns);
    expect(await bash('profiles', 'sh')).toEqual(['show']);
  });

  it('completes the options of the command on the line, and no others', async () => {
    const offered = await bash('--profile', 'staging', 'status', '--');
    expect(offered).toEqual(expect.arrayContaining(['--strict', '--offline', '--json']));
    expect(offered).not.toContain('--role');
    expect(await bash('--ver')).toEqual(['--version']);
  });

  it('completes the names of profiles', async () => {
    expect(await bash('use', '')).toEqual(['production', 'staging']);
    expect(await bash('status', '--profile', 'st')).toEqual(['staging']);
  });

  it('completes the roles that hold a key, and all of them where a key is added', async () => {
    expect(await bash('run', '--role', '')).toEqual(['reader', 'writer']);
    expect(await bash('run', '--profile', 'staging', '--role', '')).toEqual(['reader']);
    expect(await bash('run', '--profile', '=', 'staging', '--role', '=', '')).toEqual(['reader']);
    expect(await bash('keys', 'add', '--role', '')).toEqual(['reader', 'writer', 'admin']);
  });

  it('completes the words an option is made of', async () => {
    expect(await bash('profiles', 'add', 'x', '--region', '')).toEqual(['us', 'eu', 'india']);
    expect(await bash('profiles', 'edit', 'x', '--environment', 'prod')).toEqual(['production']);
  });

  it('completes the command behind two dashes', async () => {
    expect(await bash('run', '--', 'tru')).toContain('true');
    expect(await bash('run', '--', 'true', '')).toEqual(['']);
  });

  it('completes topics of help', async () => {
    expect(await bash('help', 'sec')).toEqual(['security']);
  });

  it('works at a real prompt, equals sign and all', async () => {
    await using terminal = openTerminal({
      command: 'bash',
      args: ['--norc', '-i'],
      env: { ...machine.env, PS1: '$ ' },
      cwd: machine.directory,
    });
    terminal.type('source ./bash && echo rea""dy\r');
    await terminal.waitFor('ready');
    terminal.type('castkeys run --profile=st\t--role=rea\t');
    await terminal.waitFor('--profile=staging --role=reader');
  });
});

describe('In fish, Tab', () => {
  it('completes commands and options', async () => {
    expect(await fish('castkeys pro')).toEqual(['profiles']);
    expect(await fish('castkeys profiles s')).toEqual(['show']);
    expect(await fish('castkeys --json status --str')).toEqual(['--strict']);
  });

  it('completes profiles and roles', async () => {
    expect(await fish('castkeys use ')).toEqual(['production', 'staging']);
    expect(await fish('castkeys run --profile staging --role ')).toEqual(['reader']);
    expect(await fish('castkeys keys add --role a')).toEqual(['admin']);
  });

  it('completes the command behind two dashes', async () => {
    expect(await fish('castkeys run -- ls ./ba')).toEqual(['./bash']);
  });
});

describe('In zsh, Tab at a real prompt', () => {
  it('completes commands, options, profiles and roles', async () => {
    await using terminal = openTerminal({
      command: 'zsh',
      args: ['-f', '-i'],
      env: { ...machine.env, PS1: '$ ' },
      cwd: machine.directory,
      rows: 40,
    });
    terminal.type('autoload -Uz compinit && compinit -u -D && source ./zsh && echo rea""dy\r');
    await terminal.waitFor('ready');
    const cases = [
      ['castkeys stat\t', '$ castkeys status '],
      ['castkeys profiles sh\tsta\t', '$ castkeys profiles show staging '],
      ['castkeys --profile staging status --str\t', '$ castkeys --profile staging status --strict '],
      ['castkeys run --profile staging --role \t', '$ castkeys run --profile staging --role reader '],
      ['castkeys keys add --role=ad\t', '$ castkeys keys add --role=admin '],
      ['castkeys run -- env --vers\t', '$ castkeys run -- env --version '],
    ] as const;
    for (const [typed, completed] of cases) {
      terminal.type(`${key.ctrl('u')}${key.ctrl('l')}${typed}`);
      await terminal.waitFor(completed.trimEnd());
    }
  });
});

describe('castkeys completion', () => {
  it('refuses a shell it does not know, naming those it does', async () => {
    expect(await machine.run('castkeys', ['completion', 'tcsh'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('bash|zsh|fish'),
    });
  });

  it('offers nothing, quietly, where the settings are broken', async () => {
    const broken = join(machine.directory, 'broken');
    mkdirSync(broken);
    writeFileSync(join(broken, 'config.json'), '{');
    expect(await machine.run('castkeys', ['completion', 'profiles'], { CASTKEYS_HOME: broken })).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
  });
});

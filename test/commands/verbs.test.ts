import { describe, expect, it } from 'vitest';
import { commonOptions } from '../../source/commands/command.ts';
import { commandHelp, generalHelp } from '../../source/commands/help.ts';
import { parseCall } from '../../source/commands/parse-call.ts';
import { findVerb, verbs } from '../../source/commands/verbs.ts';

const nameOf = (words: readonly string[]) => words.join(' ');

describe('the verbs', () => {
  it('are all in the general help, with every option that all of them take', () => {
    const help = generalHelp(verbs);
    for (const { words, summary } of verbs) {
      expect(help).toContain(nameOf(words));
      expect(help).toContain(summary);
    }
    for (const option of Object.keys(commonOptions)) expect(help).toContain(`--${option}`);
    expect(help).toContain('--version');
  });

  it.each(verbs.map(verb => [nameOf(verb.words), verb] as const))(
    'include %s, which explains itself',
    async (name, verb) => {
      const { command } = await verb.load();
      const help = commandHelp(command);
      expect(command.usage[0]).toMatch(new RegExp(`^${verb.words[0]}\\b`));
      expect(help).toContain(command.summary);
      for (const option of Object.keys(command.options ?? {})) expect(help).toContain(`--${option}`);
      for (const example of command.examples ?? []) expect(example).toContain('castkeys');
      expect(parseCall(command, ['--help', '--profile', 'p', '--yes']).flags.has('help')).toBe(true);
      expect(findVerb(verb.words)?.verb).toBe(findVerb(name.split(' '))?.verb);
      expect(findVerb(verb.words)?.verb).toBe(verb);
    },
  );

  it('have options of their own that no other meaning is given to', async () => {
    for (const verb of verbs) {
      const own = Object.keys((await verb.load()).command.options ?? {});
      expect(own.filter(option => Object.hasOwn(commonOptions, option))).toEqual([]);
    }
  });
});

describe('a verb', () => {
  it.each([
    [['profiles'], 'profiles list', []],
    [['profiles', '--json'], 'profiles list', ['--json']],
    [['keys', '--profile', 'x'], 'keys list', ['--profile', 'x']],
    [['profiles', 'add', 'x'], 'profiles add', ['x']],
    [['run', '--', 'keys'], 'run', ['--', 'keys']],
  ])('is found in %j', (words, name, rest) => {
    const found = findVerb(words);
    expect([nameOf(found?.verb.words ?? []), found?.rest]).toEqual([name, rest]);
  });

  it.each([[[]], [['moon']], [['profiles', 'moon']], [['toString']], [['add', 'profiles']], [['--json']]])(
    'is not in %j',
    words => {
      expect(findVerb(words)).toBeUndefined();
    },
  );
});

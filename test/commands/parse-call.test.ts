import { describe, expect, it } from 'vitest';
import type { Command } from '../../source/commands/command.ts';
import { parseCall } from '../../source/commands/parse-call.ts';
import { aKey } from '../support/install.ts';

const command: Command = {
  usage: ['keys add --role ROLE'],
  summary: 'Add a key',
  options: {
    role: { type: 'string', value: 'ROLE', help: 'which' },
    replace: { type: 'boolean', short: 'r', help: 'put it in a slot that holds another' },
  },
  run: async () => undefined,
};
const naming: Command = { ...command, takesWords: true };

const usage = { code: 'usage', exitCode: 2 };
const refused = (words: readonly string[], of = command): unknown => {
  try {
    return parseCall(of, words);
  } catch (thrown) {
    return thrown;
  }
};

describe('the words behind a verb', () => {
  it('are options of the verb, options of every command, and names', () => {
    const { flags, positionals, rest } = parseCall(naming, [
      'one',
      '--role=writer',
      '-r',
      '--json',
      '--profile',
      'p',
      'two',
    ]);
    expect(positionals).toEqual(['one', 'two']);
    expect(rest).toEqual([]);
    expect([flags.text('role'), flags.text('profile'), flags.text('answers')]).toEqual([
      'writer',
      'p',
      undefined,
    ]);
    expect(['replace', 'json', 'yes', 'role', 'toString'].map(name => flags.has(name))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('behind two dashes belong to the command that is run, whatever they are', () => {
    const { rest, flags } = parseCall(command, [
      '--role',
      'reader',
      '--',
      'cmd',
      '--json',
      '--',
      aKey().reveal(),
    ]);
    expect(rest).toEqual(['cmd', '--json', '--', aKey().reveal()]);
    expect(flags.has('json')).toBe(false);
    expect(parseCall(command, ['--']).rest).toEqual([]);
  });

  it.each([
    ['an option there is not', ['--rolle', 'reader']],
    ['a short option there is not', ['-x']],
    ['an option without its value', ['--role']],
    ['an option without its value before two dashes', ['--role', '--', 'x']],
    ['a value for an option that takes none', ['--json=yes']],
  ])('may hold a mistake: %s', (_what, words) => {
    expect(refused(words)).toMatchObject({ ...usage, next: 'castkeys keys add --help' });
  });

  it('that a verb does not take are a mistake, not ignored', () => {
    expect(refused(['writer', '--replace'])).toMatchObject({
      ...usage,
      message: expect.stringContaining('"writer"'),
    });
    expect(refused(['writer', '--help'])).toMatchObject({ positionals: ['writer'] });
  });

  it.each([
    ['as a word', [aKey().reveal()]],
    ['as a value', ['--role', aKey().reveal()]],
    ['in an option', [`--role=${aKey().reveal()}`]],
    ['as an option', [`--${aKey().reveal()}`]],
    ['inside something else', ['--role', `https://x:${aKey().reveal()}@host`]],
    ['cut off', [aKey().reveal().slice(0, 40)]],
  ])('must not hold a key, and it is not repeated: %s', (_where, words) => {
    for (const of of [command, naming]) {
      const error = refused(words, of);
      expect(error).toMatchObject({ ...usage, message: expect.stringContaining('key on the command line') });
      expect(JSON.stringify([error, String(error)])).not.toContain(aKey().reveal().slice(0, 24));
    }
  });

  it('that would do something to the terminal are told harmlessly', () => {
    for (const words of [['\u001b[2J'], ['--\u001b]0;title\u0007x']]) {
      expect(Object(refused(words)).message).not.toMatch(/\p{Cc}/u);
    }
  });
});

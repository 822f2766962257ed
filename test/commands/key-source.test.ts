import { writeFileSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { keyFromOptions } from '../../source/commands/key-source.ts';
import { command as keysAdd } from '../../source/commands/keys-add.ts';
import { calling } from '../support/call.ts';
import { aKey } from '../support/install.ts';
import { stdinOf } from '../support/streams.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

const [a, b, c] = [aKey('a').reveal(), aKey('b').reveal(), aKey('c').reveal()];
const usage = { code: 'usage', exitCode: 2, message: expect.stringContaining('Nothing was stored.') };

interface Given {
  readonly stdin?: NodeJS.ReadStream;
  readonly env?: NodeJS.ProcessEnv;
  readonly role?: string;
}

const keyOf = async (words: readonly string[], { role = 'reader', ...over }: Given = {}) =>
  (await keyFromOptions(calling(keysAdd, words, over).call, role))?.reveal();

describe('a key that is not typed', () => {
  it('is nowhere unless a source is named: standard input is left alone', async () => {
    const stdin = stdinOf(new PassThrough());
    expect(await keyOf([], { stdin, env: { CASTAI_API_KEY: a } })).toBeUndefined();
  });

  it.each([
    ['with a line break', `${a}\n`],
    ['with the line break of Windows', `${a}\r\n`],
    ['without one', a],
    ['in quotes', `"${a}"\n`],
  ])('comes from standard input %s', async (_how, content) => {
    expect(await keyOf(['--key-stdin'], { stdin: stdinOf(content) })).toBe(a);
  });

  it('comes from standard input in pieces', async () => {
    const stdin = stdinOf(new PassThrough());
    const key = keyOf(['--key-stdin'], { stdin });
    stdin.push(a.slice(0, 30));
    stdin.push(`${a.slice(30)}\n`);
    stdin.push(null);
    expect(await key).toBe(a);
  });

  it.each([
    ['nothing', ''],
    ['an empty line', '\n'],
    ['two keys', `${a}\n${b}\n`],
    ['a line of a dotenv file', `CASTAI_API_KEY=${a}\n`],
    ['a page', `<html>${a}</html> or so`],
  ])('is not taken from standard input that holds %s', async (_what, content) => {
    const error = await keyOf(['--key-stdin'], { stdin: stdinOf(content) }).catch(thrown => thrown);
    expect(error).toMatchObject(usage);
    expect(JSON.stringify([error, String(error)])).not.toContain(a.slice(0, 24));
  });

  it('is not waited for at the end of endless input', async () => {
    let pieces = 0;
    const endless = new Readable({
      read() {
        pieces += 1;
        this.push('x'.repeat(16_384));
      },
    });
    const stdin = Object.assign(endless, { isTTY: false }) as unknown as NodeJS.ReadStream;
    await expect(keyOf(['--key-stdin'], { stdin })).rejects.toMatchObject(usage);
    expect(pieces).toBeLessThan(50);
  });

  it('is not read from a terminal by --key-stdin, where it would be shown', async () => {
    const stdin = stdinOf(`${a}\n`, true);
    await expect(keyOf(['--key-stdin'], { stdin })).rejects.toMatchObject(usage);
  });

  it('comes from the variable that is named, and from no other', async () => {
    expect(await keyOf(['--from-env', 'MY_KEY'], { env: { MY_KEY: a, CASTAI_API_KEY: b } })).toBe(a);
    for (const env of [{}, { MY_KEY: '' }, { MY_KEY: ' ' }, { MY_KEY: 'two words' }]) {
      await expect(keyOf(['--from-env', 'MY_KEY'], { env })).rejects.toMatchObject(usage);
    }
  });

  it('comes from one source', async () => {
    const words = ['--key-stdin', '--from-env', 'MY_KEY'];
    await expect(keyOf(words, { env: { MY_KEY: a }, stdin: stdinOf(a) })).rejects.toMatchObject(usage);
  });
});

describe('a key in a dotenv file', () => {
  let directory: TemporaryDirectory;
  beforeEach(() => {
    directory = temporaryDirectory();
    return () => directory[Symbol.dispose]();
  });
  const keyIn = (content: string, role?: string) => {
    writeFileSync(directory.at('.env'), content);
    return keyOf(['--from-dotenv', directory.at('.env')], role === undefined ? {} : { role });
  };

  it.each([
    ['plain', `CASTAI_API_KEY=${a}\n`],
    ['under its other name', `CASTAI_API_TOKEN=${a}\n`],
    ['exported', `export CASTAI_API_KEY=${a}\n`],
    ['in double quotes', `CASTAI_API_KEY="${a}"\n`],
    ['in single quotes, with a comment', `# keys\nCASTAI_API_KEY='${a}' # mine\n`],
    ['with the line breaks of Windows', `A=1\r\nCASTAI_API_KEY=${a}\r\nB=2\r\n`],
    ['behind the mark of Windows’ editor', `\uFEFFCASTAI_API_KEY=${a}\r\n`],
    ['twice the same, under both names', `CASTAI_API_KEY=${a}\nCASTAI_API_TOKEN="${a}"\n`],
    ['among others', `AWS_SECRET=${b}\nCASTAI_API_KEY=${a}\n`],
  ])('is found %s', async (_how, content) => {
    expect(await keyIn(content)).toBe(a);
  });

  it('of a role of its own is found for that role', async () => {
    const both = `CASTAI_READ_KEY=${a}\nCASTAI_WRITE_KEY=${b}\n`;
    expect(await keyIn(both, 'reader')).toBe(a);
    expect(await keyIn(both, 'writer')).toBe(b);
    await expect(keyIn(both, 'admin')).rejects.toMatchObject(usage);
    expect(await keyIn(`${both}CASTAI_API_KEY=${c}\n`, 'admin')).toBe(c);
  });

  it('that could be either of several is not guessed', async () => {
    const content = `CASTAI_API_KEY=${a}\nCASTAI_API_TOKEN=${b}\n`;
    const error = await keyIn(content).catch(thrown => thrown);
    expect(error).toMatchObject({ ...usage, message: expect.stringContaining('several keys') });
    expect(error.message).not.toContain(a.slice(0, 24));
  });

  it.each(['', 'OTHER=1\n', 'CASTAI_API_KEY=\n', 'CASTAI_API_KEY=your key here\n'])(
    'is not in %j',
    async content => {
      await expect(keyIn(content)).rejects.toMatchObject(usage);
    },
  );

  it('is not in a file that is not there', async () => {
    await expect(keyOf(['--from-dotenv', directory.at('none')])).rejects.toMatchObject(usage);
  });
});

import { writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { askedOf, confirm, secret, select, text } from '../../../source/flow/flow.ts';
import { answerTo } from '../../../source/frontends/scripted/answers.ts';
import { type Answers, readAnswers } from '../../../source/frontends/scripted/scripted.ts';
import { aKey } from '../../support/install.ts';
import { stdinOf } from '../../support/streams.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../../support/temporary.ts';

const questions = ['name', 'sure', 'key'];
const canary = ['a', 'canary', 'value'].join('-');
const invalid = {
  code: 'answers-invalid',
  exitCode: 2,
  message: expect.stringContaining('Nothing was changed.'),
};

const name = text({ id: 'name', message: 'Name?' });
const sure = confirm({ id: 'sure', message: 'Sure?', fallback: false });
const colour = select({ id: 'name', message: 'Colour?', choices: [{ value: 'red', title: 'Red' }] });
const key = secret({ id: 'key', message: 'Key?', read: pasted => ({ secret: pasted }) });

describe('an answers file', () => {
  let directory: TemporaryDirectory;
  beforeEach(() => {
    directory = temporaryDirectory();
    return () => directory[Symbol.dispose]();
  });
  const read = (content: string): Promise<Answers> => {
    writeFileSync(directory.at('answers.json'), content);
    return readAnswers(directory.at('answers.json'), stdinOf(''), questions);
  };

  it('holds text, yes or no, and where secrets are', async () => {
    const answers = { name: 'ann', sure: true, key: { env: 'MY_KEY' } };
    expect(await read(JSON.stringify(answers))).toEqual(answers);
    expect(await read('{}')).toEqual({});
  });

  it('can come from standard input, in pieces', async () => {
    const stdin = new PassThrough();
    const answers = readAnswers('-', stdinOf(stdin), questions);
    stdin.write('{"name": "a');
    stdin.end('nn"}');
    expect(await answers).toEqual({ name: 'ann' });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'name: ann'],
    ['a list', '[]'],
    ['null', 'null'],
    ['text', '"ann"'],
    ['half a file', '{"name": "ann"'],
  ])('of %s is refused', async (_what, content) => {
    await expect(read(content)).rejects.toMatchObject(invalid);
  });

  it('that can not be read is refused', async () => {
    const missing = readAnswers(directory.at('none.json'), stdinOf(''), questions);
    await expect(missing).rejects.toMatchObject(invalid);
  });

  it('with an answer that nothing asks for is refused: it would silently not count', async () => {
    await expect(read('{"nmae": "ann"}')).rejects.toMatchObject({
      ...invalid,
      message: expect.stringMatching(/"nmae".*name, sure, key/),
    });
  });

  it.each([
    ['a number', '7'],
    ['null', 'null'],
    ['a list of something else', '[1]'],
    ['an empty object', '{}'],
    ['a misspelt source', '{"environment": "MY_KEY"}'],
    ['two sources', '{"env": "A", "file": "b"}'],
    ['a source that is no text', '{"env": 1}'],
  ])('with an answer that is %s is refused, by the name of its question', async (_what, answer) => {
    await expect(read(`{"key": ${answer}}`)).rejects.toMatchObject({
      ...invalid,
      message: expect.stringContaining('the answer to key'),
    });
  });

  it('with a key written into it is refused at once, wherever it stands, and not repeated', async () => {
    for (const [id, content] of [
      ['key', { key: aKey().reveal() }],
      ['name', { name: `Bearer ${aKey().reveal()}` }],
      ['name', { name: ['red', aKey().reveal()] }],
    ] as const) {
      const refused = await read(JSON.stringify(content)).catch(thrown => thrown);
      expect(refused).toMatchObject({
        ...invalid,
        message: expect.stringContaining(`the answer to ${id} is a secret`),
      });
      expect(JSON.stringify([refused, String(refused), refused.next])).not.toContain(
        aKey().reveal().slice(0, 24),
      );
    }
  });

  it('never has anything it holds repeated', async () => {
    for (const content of [
      `{"key": [1, "${canary}"]}`,
      `{"key": {"env": "X", "extra": "${canary}"}}`,
      `"${canary}"`,
    ]) {
      const refused = await read(content).catch(thrown => thrown);
      expect(refused).toMatchObject(invalid);
      expect(refused.message).not.toContain(canary);
    }
  });
});

describe('an answer', () => {
  it('to what is asked of several things is given for one of them, or for all', () => {
    const [here, there] = [askedOf('here', name), askedOf('there', name)];
    const answers = { name: 'red', 'there.name': 'blue' };
    expect([answerTo(here, answers, {}), answerTo(there, answers, {})]).toEqual(['red', 'blue']);
  });

  it('is taken as it stands', () => {
    expect(answerTo(name, { name: 'ann' }, {})).toBe('ann');
    expect(answerTo(sure, { sure: false }, {})).toBe(false);
    expect(answerTo(colour, { name: 'red' }, {})).toBe('red');
  });

  it('may be missing', () => {
    expect(answerTo(name, {}, {})).toBeUndefined();
    expect(answerTo(text({ id: 'toString', message: '' }), {}, {})).toBeUndefined();
  });

  it('that is a secret comes from a variable or a file', () => {
    using directory = temporaryDirectory();
    writeFileSync(directory.at('key.txt'), `${canary}\n`);
    expect(answerTo(key, { key: { env: 'MY_KEY' } }, { MY_KEY: canary })).toBe(canary);
    expect(answerTo(key, { key: { file: directory.at('key.txt') } }, {})).toBe(`${canary}\n`);
  });

  it.each([
    ['a secret written out', key, { key: canary }],
    ['yes to a secret', key, { key: true }],
    ['text from a variable', name, { name: { env: canary } }],
    ['yes for text', name, { name: true }],
    ['a variable that is not set', key, { key: { env: canary } }],
    ['a variable that is empty', key, { key: { env: 'EMPTY' } }],
    ['a file that is not there', key, { key: { file: `/nowhere/${canary}` } }],
    ['a file that is a directory', key, { key: { file: '/' } }],
  ] as const)('is refused, without repeating anything: %s', (_what, question, answers) => {
    let refused: unknown;
    try {
      answerTo(question, answers, { EMPTY: '' });
    } catch (thrown) {
      refused = thrown;
    }
    expect(refused).toMatchObject(invalid);
    expect(String(refused)).not.toContain(canary);
  });
});

import { describe, expect, it } from 'vitest';
import { CastkeysError } from '../../../source/errors.ts';
import { ask, confirm, type Flow, note, select, step, text } from '../../../source/flow/flow.ts';
import { Secret } from '../../../source/keychain/secret.ts';
import { canary, key, name, unattended } from './support/unattended.ts';

describe('with nobody at the terminal, a question', () => {
  it('takes its answer, else its fallback', async () => {
    const choices = [
      { value: 'red', title: 'Red' },
      { value: 'blue', title: 'Blue' },
    ] as const;
    function* story(): Flow<readonly unknown[]> {
      return [
        yield* ask(text({ id: 'first', message: 'First?' })),
        yield* ask(text({ id: 'second', message: 'Second?', fallback: 'two' })),
        yield* ask(select({ id: 'colour', message: 'Colour?', choices, fallback: 'blue' })),
        yield* ask(confirm({ id: 'sure', message: 'Sure?', fallback: true })),
        (yield* ask({ ...key, fallback: { label: 'practice', secret: new Secret('practice') } })).reveal(),
      ];
    }
    const { outcome } = await unattended(story, { answers: { first: 'one' } });
    expect(outcome).toEqual({ type: 'finished', value: ['one', 'two', 'blue', true, 'practice'] });
  });

  it.each([
    ['text', name],
    ['a secret', key],
    ['a choice', select({ id: 'colour', message: 'Colour?', choices: [{ value: 'red', title: 'Red' }] })],
  ])('that has neither, of %s, ends in exit code 2, and names itself', async (_kind, question) => {
    function* story(): Flow<void> {
      yield* ask(question);
    }
    const { outcome } = await unattended(story);
    expect(outcome).toMatchObject({
      type: 'failed',
      error: {
        code: 'answer-missing',
        exitCode: 2,
        message: expect.stringContaining(question.message),
        next: expect.stringContaining(`"${question.id}"`),
      },
    });
  });

  it('says which choices there are', async () => {
    const choices = [
      { value: 'red', title: 'Red' },
      { value: 'blue', title: 'Blue' },
    ] as const;
    const { outcome } = await unattended(() => ask(select({ id: 'colour', message: 'Colour?', choices })));
    expect(outcome).toMatchObject({ error: { next: expect.stringContaining('one of red, blue') } });
  });

  it('to confirm is agreed to by --yes, unless the answers say no', async () => {
    const sure = () => ask(confirm({ id: 'sure', message: 'Sure?', fallback: false }));
    expect((await unattended(sure)).outcome).toMatchObject({ value: false });
    expect((await unattended(sure, { yes: true })).outcome).toMatchObject({ value: true });
    expect((await unattended(sure, { yes: true, answers: { sure: false } })).outcome).toMatchObject({
      value: false,
    });
  });

  it('takes a secret from where the answers say', async () => {
    const { outcome } = await unattended(() => ask(key), {
      answers: { key: { env: 'K' } },
      env: { K: canary },
    });
    expect(outcome.type === 'finished' && outcome.value.reveal()).toBe(canary);
  });

  it('whose answer will not do ends in exit code 2 with what was wrong, and is not asked for ever', async () => {
    const { outcome } = await unattended(() => ask(key), {
      answers: { key: { env: 'K' } },
      env: { K: 'bad' },
    });
    expect(outcome).toMatchObject({
      type: 'failed',
      error: { code: 'answers-invalid', exitCode: 2, message: expect.stringContaining('Not that one.') },
    });
  });

  it('that is written out as a secret ends in exit code 2', async () => {
    const { outcome, lines } = await unattended(() => ask(key), { answers: { key: canary }, json: true });
    expect(outcome).toMatchObject({ error: { code: 'answers-invalid', exitCode: 2 } });
    expect(lines.join('\n')).not.toContain(canary);
  });
});

describe('with nobody at the terminal, a failure', () => {
  const refusal = new CastkeysError('key-invalid', 'Cast AI does not accept this key.', 'check it');
  const verify = (fails: boolean) =>
    step({
      id: 'verify',
      title: 'Verify',
      readOnly: true,
      run: () => (fails ? Promise.reject(refusal) : 'fine'),
    });

  it('that leads to the same question again is the outcome, with its own exit code', async () => {
    function* story(): Flow<void> {
      for (;;) {
        yield* ask(key);
        try {
          yield* verify(true);
          return;
        } catch {
          yield* note('another one, please');
        }
      }
    }
    const { outcome } = await unattended(story, { answers: { key: { env: 'K' } }, env: { K: 'x' } });
    expect(outcome).toEqual({ type: 'failed', error: refusal });
  });

  it('that leads to a question nobody answers is the outcome, too', async () => {
    function* story(): Flow<void> {
      try {
        yield* verify(true);
      } catch {
        yield* ask(name);
      }
    }
    expect((await unattended(story)).outcome).toEqual({ type: 'failed', error: refusal });
  });

  it('that was overcome is not blamed for what is missing later', async () => {
    function* story(): Flow<void> {
      try {
        yield* verify(true);
      } catch {
        yield* verify(false);
      }
      yield* ask(name);
    }
    expect((await unattended(story)).outcome).toMatchObject({ error: { code: 'answer-missing' } });
  });
});

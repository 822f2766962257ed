import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirm, multiselect, secret, select, text } from '../../source/flow/flow.ts';
import { interpret } from '../../source/flow/interpret.ts';
import { Secret } from '../../source/keychain/secret.ts';

describe('a text answer', () => {
  const question = text({
    id: 'name',
    message: 'Name?',
    fallback: 'Nobody',
    problem: answer => (answer === 'me' ? 'Not me.' : undefined),
  });

  it.each([
    ['  Ann  ', 'Ann'],
    ['', 'Nobody'],
    ['   ', 'Nobody'],
  ])('%j is understood as %j', (raw, answer) => {
    expect(interpret(question, raw)).toEqual({ answer, shown: answer });
  });

  it('is refused in the words of the question', () => {
    expect(interpret(question, ' me ')).toEqual({ problem: 'Not me.' });
  });

  it('without a fallback may be empty, if the question takes that', () => {
    expect(interpret(text({ id: 'name', message: 'Name?' }), '')).toEqual({ answer: '', shown: '' });
  });
});

describe('a secret answer', () => {
  const read = (pasted: string) =>
    pasted.length > 3 ? { secret: new Secret(pasted) } : { problem: 'Too short.' };
  const fallback = { label: 'the practice key', secret: new Secret('practice') };

  it('is shown as a mask whose width says nothing of it', () => {
    const shown = (raw: string) => interpret(secret({ id: 'key', message: 'Key?', read }), raw);
    const masks = ['four', 'something much longer than that'].map(raw => {
      const understood = shown(raw);
      return 'shown' in understood ? understood.shown : undefined;
    });
    expect(masks).toEqual(['••••••••', '••••••••']);
  });

  it('that is empty takes the fallback, by its name', () => {
    const understood = interpret(secret({ id: 'key', message: 'Key?', read, fallback }), '');
    expect(understood).toEqual({ answer: fallback.secret, shown: 'the practice key' });
  });

  it('that is empty goes to the question where there is no fallback', () => {
    expect(interpret(secret({ id: 'key', message: 'Key?', read }), '')).toEqual({ problem: 'Too short.' });
  });

  it('never shows in what is understood, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), tail => {
        const raw = `canary${tail}`;
        const understood = interpret(secret({ id: 'key', message: 'Key?', read }), raw);
        expect(JSON.stringify(understood)).not.toContain('canary');
      }),
    );
  });
});

describe('a choice', () => {
  const question = select({
    id: 'colour',
    message: 'Colour?',
    choices: [
      { value: 'red', title: 'Red' },
      { value: 'constructor', title: 'What?' },
    ],
    fallback: 'red',
  });

  it('is shown by its title', () => {
    expect(interpret(question, 'constructor')).toEqual({ answer: 'constructor', shown: 'What?' });
  });

  it.each(['', 'Red', ' red', 'toString', true, false])('can not be %j', raw => {
    expect(interpret(question, raw)).toEqual({ problem: 'Choose one of: red, constructor.' });
  });
});

describe('several choices', () => {
  const question = multiselect({
    id: 'colours',
    message: 'Colours?',
    choices: [
      { value: 'red', title: 'Red' },
      { value: 'blue', title: 'Blue' },
    ],
    fallback: [],
    atLeast: 1,
  });

  it.each([
    { raw: ['blue', 'red', 'blue'], answer: ['red', 'blue'], shown: 'Red, Blue' },
    { raw: 'blue, red', answer: ['red', 'blue'], shown: 'Red, Blue' },
    { raw: ['blue'], answer: ['blue'], shown: 'Blue' },
  ])('come in the order they are offered from $raw', ({ raw, answer, shown }) => {
    expect(interpret(question, raw)).toEqual({ answer, shown });
  });

  it.each([[['green']], [['red', 'green']], ['Red']])('can not be %j', raw => {
    expect(interpret(question, raw)).toEqual({ problem: 'Choose among: red, blue.' });
  });

  it.each([[[]], ['']])('can not be too few: %j', raw => {
    expect(interpret(question, raw)).toEqual({ problem: 'Mark at least one.' });
    const { atLeast: _, ...optional } = question;
    expect(interpret(optional, raw)).toEqual({ answer: [], shown: 'none' });
  });
});

describe('yes or no', () => {
  const question = confirm({ id: 'sure', message: 'Sure?', fallback: true });

  it('is shown as a word', () => {
    expect(interpret(question, true)).toEqual({ answer: true, shown: 'yes' });
    expect(interpret(question, false)).toEqual({ answer: false, shown: 'no' });
  });

  it.each(['yes', 'true', ''])('can not be %j', raw => {
    expect(interpret(question, raw)).toEqual({ problem: 'Answer yes or no (true or false).' });
  });
});

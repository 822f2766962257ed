import { describe, expect, it } from 'vitest';
import { confirm, multiselect, secret, select, text } from '../../../source/flow/flow.ts';
import { understand } from '../../../source/frontends/linear/understand.ts';

const region = select({
  id: 'region',
  message: 'Where?',
  choices: [
    { value: 'us', title: 'United States' },
    { value: 'eu', title: 'Europe' },
  ],
});
const sure = confirm({ id: 'sure', message: 'Sure?', fallback: false });
const name = text({ id: 'name', message: 'Name?' });
const key = secret({ id: 'key', message: 'Key?', read: () => ({ problem: '' }) });
const answer = (raw: string | boolean | readonly string[]) => ({ type: 'answer', raw });

describe('a choice', () => {
  it.for([
    ['2', 'eu'],
    [' 2 ', 'eu'],
    ['eu', 'eu'],
    ['europe', 'eu'],
    ['', 'us'],
  ] as const)('is understood as %j', ([typed, value]) => {
    expect(understand(region, typed, 'us')).toEqual(answer(value));
  });

  it.for(['0', '3', '-1', '1.5', 'asia', '1 2'])('is not found as %j, and what would be is said', typed => {
    expect(understand(region, typed, 'us')).toEqual({ problem: expect.stringContaining('1 to 2') });
  });

  it('is asked for where nothing stands for an empty line', () => {
    expect(understand(region, '', undefined)).toHaveProperty('problem');
  });
});

describe('several choices', () => {
  const { choices } = region;
  const regions = multiselect({ id: 'regions', message: 'Where?', choices, fallback: ['us'] });

  it.for([
    ['1,2', ['us', 'eu']],
    ['2', ['eu']],
    [' 2 us ', ['eu', 'us']],
    ['none', []],
    ['', ['us']],
  ] as const)('are understood as %j', ([typed, values]) => {
    expect(understand(regions, typed, ['us'])).toEqual(answer(values));
  });

  it.for(['3', '1,3', '1-2', 'asia'])('are not found as %j, and what would be is said', typed => {
    expect(understand(regions, typed, ['us'])).toEqual({ problem: expect.stringContaining('1 to 2') });
  });

  it('can be gone back over in a word', () => {
    expect(understand(regions, 'back', ['us'])).toEqual({ type: 'back' });
  });
});

describe('yes or no', () => {
  it.for([
    ['y', true],
    ['Yes', true],
    ['n', false],
    ['NO', false],
    ['', false],
  ] as const)('is understood as %j', ([typed, value]) => {
    expect(understand(sure, typed, false)).toEqual(answer(value));
  });

  it('is nothing that could mean either', () => {
    expect(understand(sure, 'not yet', false)).toHaveProperty('problem');
    expect(understand(sure, 'yesterday', false)).toHaveProperty('problem');
  });
});

describe('the way back', () => {
  it.for([region, sure, name, key])('is < for every kind of question', question => {
    expect(understand(question, '<', undefined)).toEqual({ type: 'back' });
  });

  it('is the word where it can mean nothing else', () => {
    expect(understand(region, 'back', undefined)).toEqual({ type: 'back' });
    expect(understand(sure, 'Back', false)).toEqual({ type: 'back' });
    expect(understand(name, 'back', undefined)).toEqual(answer('back'));
    expect(understand(key, 'back', undefined)).toEqual(answer('back'));
  });
});

it('hands a secret on as it was typed', () => {
  expect(understand(key, ' with blanks ', undefined)).toEqual(answer(' with blanks '));
});

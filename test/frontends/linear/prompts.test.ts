import { render } from '@inquirer/testing';
import { expect, it } from 'vitest';
import { confirm, type Question, type RawAnswer, select, text } from '../../../source/flow/flow.ts';
import { paintFor } from '../../../source/frontends/linear/paint.ts';
import { type Asking, prompt } from '../../../source/frontends/linear/prompts.ts';
import { signsFor } from '../../../source/frontends/linear/signs.ts';

const appearance = { signs: signsFor({ utf8: true, voice: false }), paint: paintFor(0), voice: false };

function asking(question: Question, offered?: RawAnswer, more: Partial<Asking> = {}): Asking {
  return { question, offered, canGoBack: true, stakes: undefined, appearance, ...more };
}

const region = select({
  id: 'region',
  message: 'Where?',
  choices: [
    { value: 'us', title: 'United States', hint: 'api.cast.ai' },
    { value: 'eu', title: 'Europe' },
  ],
});

it('numbers the choices, and takes a number', async () => {
  const { answer, events, getScreen } = await render(prompt, asking(region, 'us'));
  expect(getScreen()).toContain('› Number: 1');
  expect(getScreen()).toContain('  1) United States: api.cast.ai\n  2) Europe\n  <) back');
  events.type('2');
  events.keypress('enter');
  await expect(answer).resolves.toEqual({ type: 'answer', raw: 'eu' });
  expect(getScreen()).toBe('› Answer: Europe');
});

it('moves to a choice with the arrow keys', async () => {
  const { answer, events } = await render(prompt, asking(region, 'us'));
  events.keypress('down');
  events.keypress('enter');
  await expect(answer).resolves.toEqual({ type: 'answer', raw: 'eu' });
});

it('offers the way back only where there is one', async () => {
  const first = await render(prompt, asking(region, 'us', { canGoBack: false }));
  expect(first.getScreen()).not.toContain('back');
  const later = await render(prompt, asking(region, 'us'));
  later.events.type('<');
  later.events.keypress('enter');
  await expect(later.answer).resolves.toEqual({ type: 'back' });
});

it('offers a text that was answered before', async () => {
  const question = text({ id: 'name', message: 'Name?', fallback: 'sandbox' });
  const { answer, events, getScreen } = await render(prompt, asking(question, 'acme'));
  expect(getScreen()).toBe('› Answer: (acme)');
  events.keypress('enter');
  await expect(answer).resolves.toEqual({ type: 'answer', raw: 'acme' });
});

it('takes nothing for yes or no that is neither', async () => {
  const question = confirm({ id: 'sure', message: 'Sure?', fallback: true });
  const { answer, events, getScreen, nextRender } = await render(prompt, asking(question, true));
  events.type('maybe');
  events.keypress('enter');
  await nextRender();
  expect(getScreen()).toContain('✗ Type y for yes or n for no.');
  for (const _ of 'maybe') events.keypress('backspace');
  events.type('no');
  events.keypress('enter');
  await expect(answer).resolves.toEqual({ type: 'answer', raw: false });
});

it('says the stakes before the answer', async () => {
  const question = confirm({ id: 'sure', message: 'Sure?', fallback: false });
  const stakes = { word: 'PRODUCTION', look: 'production' } as const;
  const { getScreen } = await render(prompt, asking(question, false, { stakes }));
  expect(getScreen()).toBe('PRODUCTION › y or n: (n)');
});

import { describe, expect, it } from 'vitest';
import { ask, type Flow, play, type RawAnswer, secret, select, text } from '../../../source/flow/flow.ts';
import { typeAnswer } from '../../../source/frontends/ink/demonstration.ts';
import { splitKeys } from '../../../source/frontends/ink/split-keys.ts';
import { Store } from '../../../source/frontends/ink/store.ts';

const name = text({
  id: 'name',
  message: 'Name?',
  problem: typed => (typed.includes(' ') ? 'No blanks.' : undefined),
});
const key = secret({
  id: 'key',
  message: 'Key?',
  read: pasted => (pasted.length > 3 ? { secret: pasted.length } : { problem: 'Too short.' }),
});
const region = select({
  id: 'region',
  message: 'Where?',
  choices: [
    { value: 'us', title: 'United States' },
    { value: 'eu', title: 'Europe' },
  ],
});

/** Plays a flow through a store; `typed` is called with the store each time a question is open. */
async function playing<T>(story: () => Flow<T>, typed: (store: Store, id: string) => void) {
  const store = new Store(() => 0);
  const controller = new AbortController();
  const outcome = await play(story, {
    name: 'test',
    title: 'Test',
    signal: controller.signal,
    frontEnd: {
      show: event => store.show(event),
      answer: (question, signal) => {
        const reply = store.answer(signal);
        typed(store, question.id);
        return reply;
      },
    },
  });
  return { outcome, store };
}

const press = (store: Store, chunk: string) => store.press(splitKeys(chunk));

describe('the keys and the questions', () => {
  it('a text and Enter in one chunk answer; what follows in it is dropped, not given to the next question', async () => {
    const chunks = ['acme\rleak\r', 'second\r'];
    const { outcome } = await playing(
      function* (): Flow<readonly string[]> {
        return [yield* ask(name), yield* ask({ ...name, id: 'other' })];
      },
      store => press(store, chunks.shift() ?? ''),
    );
    expect(outcome).toEqual({ type: 'finished', value: ['acme', 'second'] });
  });

  it('keys that come while no question is open do nothing', async () => {
    const store = new Store(() => 0);
    store.show({ type: 'asked', question: name, canGoBack: false });
    press(store, 'early\r');
    expect(store.screen().input).toMatchObject({ before: '' });
  });

  it('a refused text stays to be corrected', async () => {
    const chunks = ['two words\r', '\x7f\x7f\x7f\x7f\x7f\x7f-words\r'];
    const { outcome } = await playing(
      () => ask(name),
      store => press(store, chunks.shift() ?? ''),
    );
    expect(outcome).toEqual({ type: 'finished', value: 'two-words' });
  });

  it('a refused secret is forgotten', async () => {
    const chunks = ['abc\r', 'defgh\r'];
    const { outcome } = await playing(
      () => ask(key),
      store => press(store, chunks.shift() ?? ''),
    );
    expect(outcome).toEqual({ type: 'finished', value: 5 });
  });

  it('what is typed survives events that come meanwhile', async () => {
    const { outcome } = await playing(
      () => ask(name),
      store => {
        press(store, 'ac');
        store.show({ type: 'check', check: { id: 'leaks', title: 'Leaks', state: 'pass', evidence: '' } });
        press(store, 'me\r');
      },
    );
    expect(outcome).toEqual({ type: 'finished', value: 'acme' });
  });

  it('Esc goes back, and there stands what was typed before', async () => {
    const chunks = ['acme\r', '\x1b', '-2\r', '2\r'];
    const { outcome } = await playing(
      function* (): Flow<readonly string[]> {
        return [yield* ask(name), yield* ask(region)];
      },
      store => press(store, chunks.shift() ?? ''),
    );
    expect(outcome).toEqual({ type: 'finished', value: ['acme-2', 'eu'] });
  });

  it('a screen that broke leaves nobody waiting', async () => {
    const { outcome, store } = await playing(
      () => ask(name),
      broken => broken.break(new Error('no screen')),
    );
    expect(outcome).toMatchObject({ type: 'failed', error: { message: 'no screen' } });
    expect(await store.answer(new AbortController().signal)).toMatchObject({ type: 'stuck' });
  });
});

describe('a demonstration', () => {
  const answers: Readonly<Record<string, RawAnswer>> = { name: 'acme', region: 'eu', key: 'a-secret' };

  it('types every kind of answer through the keys a person has', async () => {
    const seen: string[] = [];
    const { outcome } = await playing(
      function* (): Flow<readonly unknown[]> {
        return [yield* ask(name), yield* ask(region), yield* ask(key)];
      },
      (store, id) => {
        store.watch(() => seen.push(JSON.stringify(store.screen().input)));
        void typeAnswer(store, answers[id] ?? '', { betweenKeys: 1, beforeEnter: 1 });
      },
    );
    expect(outcome).toEqual({ type: 'finished', value: ['acme', 'eu', 8] });
    expect(seen.some(input => input?.includes('"before":"ac"'))).toBe(true);
    expect(seen.join('')).not.toContain('a-secret');
  });

  it('stops when the question goes away', async () => {
    const store = new Store(() => 0);
    await typeAnswer(store, 'acme', { betweenKeys: 0, beforeEnter: 0 });
    expect(store.screen().input).toBeUndefined();
  });
});

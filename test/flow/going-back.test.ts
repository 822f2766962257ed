import { describe, expect, it } from 'vitest';
import { ask, badge, confirm, type Flow, note, select, step, text } from '../../source/flow/flow.ts';
import { back, playing } from './support/front-end.ts';

const name = text({ id: 'name', message: 'Name?' });
const colour = select({
  id: 'colour',
  message: 'Colour?',
  choices: [
    { value: 'red', title: 'Red' },
    { value: 'blue', title: 'Blue' },
  ],
});

describe('going back', () => {
  it('tells what was noted on the way again, and takes the badge back', async () => {
    function* story(): Flow<void> {
      yield* badge({ profile: 'none' });
      const called = yield* ask(name);
      yield* badge({ profile: called });
      yield* note(`${called} it is`);
      yield* ask(colour);
    }
    const { view, told } = await playing(story, ['Ann', back, 'Bob', 'red']);
    expect(view.lines.flatMap(line => (line.kind === 'note' ? line.text : []))).toEqual(['Bob it is']);
    expect(view.lines.flatMap(line => (line.kind === 'badge' ? line.badge.profile : []))).toEqual([
      'none',
      'Bob',
    ]);
    // Before the question nothing changed, so nothing of it is told twice.
    expect(told.filter(event => event === 'badge')).toHaveLength(3);
  });

  it('does not repeat what was done before the question that is asked again', async () => {
    let looks = 0;
    function* story(): Flow<void> {
      yield* step({ id: 'look', title: 'Look', readOnly: true, run: () => (looks += 1) });
      yield* ask(name);
      yield* ask(colour);
    }
    await playing(story, ['Ann', back, 'Bob', 'red']);
    expect(looks).toBe(1);
  });

  it('looks again after a question that was answered anew', async () => {
    const seen: string[] = [];
    function* story(): Flow<void> {
      const called = yield* ask(name);
      yield* step({ id: 'look', title: 'Look', readOnly: true, run: () => seen.push(called) });
      yield* ask(colour);
    }
    await playing(story, ['Ann', back, 'Bob', 'red']);
    expect(seen).toEqual(['Ann', 'Bob']);
  });

  it('goes over an act that failed, since that changed nothing', async () => {
    function* story(): Flow<string> {
      const called = yield* ask(name);
      try {
        yield* step({ id: 'try', title: 'Try', run: () => Promise.reject(new Error('no')) });
      } catch {
        yield* ask(colour);
      }
      return called;
    }
    const { outcome } = await playing(story, ['Ann', back, 'Bob', 'red']);
    expect(outcome).toEqual({ type: 'finished', value: 'Bob' });
  });

  it('finds a story that takes another turn when it is replayed', async () => {
    let told = 0;
    function* story(): Flow<void> {
      told += 1;
      yield* ask(told === 1 ? name : colour);
      yield* ask(confirm({ id: 'sure', message: 'Sure?', fallback: false }));
      yield* ask(confirm({ id: 'really', message: 'Really?', fallback: false }));
    }
    const { outcome } = await playing(story, ['Ann', true, back, 'red', true, true]);
    expect(outcome).toMatchObject({ type: 'failed', error: { message: expect.stringContaining('bug') } });
  });

  it('finds a story that ends too early when it is replayed', async () => {
    let told = 0;
    function* story(): Flow<void> {
      told += 1;
      yield* ask(name);
      if (told > 1) return;
      yield* ask(colour);
      yield* ask(confirm({ id: 'sure', message: 'Sure?', fallback: false }));
      yield* ask(confirm({ id: 'really', message: 'Really?', fallback: false }));
    }
    const { outcome } = await playing(story, ['Ann', 'red', true, back]);
    expect(outcome).toMatchObject({ type: 'failed', error: { message: expect.stringContaining('bug') } });
  });
});

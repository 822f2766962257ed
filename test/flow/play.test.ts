import { describe, expect, it } from 'vitest';
import { ask, confirm, type Flow, keep, secret, select, step, text } from '../../source/flow/flow.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { back, cancel, playing } from './support/front-end.ts';

const name = text({ id: 'name', message: 'Name?' });
const colour = select({
  id: 'colour',
  message: 'Colour?',
  choices: [
    { value: 'red', title: 'Red' },
    { value: 'blue', title: 'Blue' },
  ],
});

describe('a question', () => {
  it('gives the story an answer of its own type', async () => {
    function* story(): Flow<readonly [string, 'red' | 'blue', boolean, string]> {
      const called = yield* ask(name);
      const chosen = yield* ask(colour);
      const sure = yield* ask(confirm({ id: 'sure', message: 'Sure?', fallback: false }));
      const key = yield* ask(
        secret({ id: 'key', message: 'Key?', read: pasted => ({ secret: new Secret(pasted) }) }),
      );
      return [called, chosen, sure, key.reveal()];
    }
    const { outcome } = await playing(story, ['  Ann ', 'blue', true, 'hush']);
    expect(outcome).toEqual({ type: 'finished', value: ['Ann', 'blue', true, 'hush'] });
  });

  it('is asked again when an answer will not do, with what was wrong', async () => {
    const { outcome, told, events } = await playing(() => ask(colour), ['green', true, 'red']);
    expect(outcome).toEqual({ type: 'finished', value: 'red' });
    expect(told).toEqual([
      'started',
      'asked colour',
      'refused colour',
      'asked colour',
      'refused colour',
      'asked colour',
      'answered colour',
      'finished',
    ]);
    expect(events[2]).toMatchObject({ problem: 'Choose one of: red, blue.' });
  });

  it('shows what was answered before, once the person came back to it', async () => {
    function* story(): Flow<string> {
      const called = yield* ask(name);
      return `${called} ${yield* ask(colour)}`;
    }
    const { outcome, events } = await playing(story, ['Ann', back, 'Bob', 'red']);
    expect(outcome).toEqual({ type: 'finished', value: 'Bob red' });
    const asked = events.filter(event => event.type === 'asked');
    expect(asked.map(({ question, previous }) => [question.id, previous])).toEqual([
      ['name', undefined],
      ['colour', undefined],
      ['name', 'Ann'],
      ['colour', undefined],
    ]);
  });

  it('never offers a secret that was typed before', async () => {
    const key = secret({ id: 'key', message: 'Key?', read: pasted => ({ secret: new Secret(pasted) }) });
    function* story(): Flow<void> {
      yield* ask(key);
      yield* ask(name);
    }
    const { events } = await playing(story, ['the canary', back, 'another canary', 'Ann']);
    expect(events.filter(event => event.type === 'asked' && 'previous' in event)).toEqual([]);
    expect(JSON.stringify(events)).not.toContain('canary');
  });

  it('that is the first one stays when the person wants to go back', async () => {
    const { told, outcome } = await playing(() => ask(name), [back, 'Ann']);
    expect(told).toEqual(['started', 'asked name', 'asked name', 'answered name', 'finished']);
    expect(outcome).toEqual({ type: 'finished', value: 'Ann' });
  });

  it('that nobody can answer ends the story with the reason', async () => {
    const error = new Error('nobody is here');
    const { outcome } = await playing(() => ask(name), [{ type: 'stuck', error }]);
    expect(outcome).toEqual({ type: 'failed', error });
  });

  it('whose front end breaks ends the story, and what was done is taken back', async () => {
    function* story(): Flow<void> {
      yield* step({ id: 'do', title: 'Do', run: () => 'it', undo: () => {} });
      yield* ask(name);
    }
    const broken = () => {
      throw new Error('the terminal is gone');
    };
    const { outcome, told } = await playing(story, [broken]);
    expect(outcome).toMatchObject({ type: 'failed', error: { message: 'the terminal is gone' } });
    expect(told).toContain('step-undone do');
  });
});

describe('a story that is given up', () => {
  it('leaves nothing behind', async () => {
    const done: string[] = [];
    function* story(): Flow<void> {
      yield* step({
        id: 'do',
        title: 'Do',
        run: () => done.push('it'),
        undo: () => void done.pop(),
      });
      yield* ask(name);
    }
    const { outcome } = await playing(story, [cancel]);
    expect(outcome).toEqual({ type: 'cancelled' });
    expect(done).toEqual([]);
  });

  it('leaves what it was told to keep', async () => {
    const undone: string[] = [];
    const doing = (id: string) => step({ id, title: id, run: () => id, undo: () => void undone.push(id) });
    function* story(): Flow<void> {
      yield* doing('first');
      yield* keep();
      yield* doing('second');
      yield* ask(name);
    }
    await playing(story, [cancel]);
    expect(undone).toEqual(['second']);
  });
});

import { describe, expect, it } from 'vitest';
import { ask, type Flow, note, type Step, step, text } from '../../source/flow/flow.ts';
import { back, playing } from './support/front-end.ts';

const name = text({ id: 'name', message: 'Name?' });

describe('a step', () => {
  it('hands its outcome to the story, and says what it does, how far it is and what came of it', async () => {
    const act: Step<number> = {
      id: 'count',
      title: 'Count the sheep',
      run: async ({ progress }) => {
        progress('half');
        return 12;
      },
      summary: sheep => `${sheep} sheep`,
    };
    const { outcome, events } = await playing(() => step(act), []);
    expect(outcome).toEqual({ type: 'finished', value: 12 });
    expect(events.slice(1, -1)).toEqual([
      { type: 'step-started', id: 'count', title: 'Count the sheep' },
      { type: 'step-progress', id: 'count', text: 'half' },
      { type: 'step-done', id: 'count', summary: '12 sheep' },
    ]);
  });

  it('throws into the story what it threw, the same again when it is replayed', async () => {
    const wrong = new Error('the door is shut');
    const caught: unknown[] = [];
    let tries = 0;
    function* story(): Flow<void> {
      try {
        yield* step({
          id: 'enter',
          title: 'Enter',
          run: () => {
            tries += 1;
            throw wrong;
          },
        });
      } catch (error) {
        caught.push(error);
        yield* note('another way');
      }
      yield* ask(name);
      yield* ask(text({ id: 'more', message: 'More?' }));
    }
    const { outcome } = await playing(story, ['Ann', back, 'Bob', 'no']);
    expect(outcome.type).toBe('finished');
    expect(caught).toEqual([wrong, wrong]);
    expect(tries).toBe(1);
  });

  it('makes an error of anything else that is thrown', async () => {
    const { outcome } = await playing(
      () => step({ id: 'x', title: 'X', run: () => Promise.reject('a word') }),
      [],
    );
    expect(outcome).toMatchObject({ type: 'failed', error: { message: 'a word' } });
  });

  it('that is quiet is told of only when it fails', async () => {
    const look = (fails: boolean) =>
      step({
        id: 'look',
        title: 'Look',
        isQuiet: true,
        run: () => (fails ? Promise.reject(new Error('dark')) : 1),
      });
    expect((await playing(() => look(false), [])).told).toEqual(['started', 'finished']);
    expect((await playing(() => look(true), [])).told).toEqual([
      'started',
      'step-started look',
      'step-failed look',
      'failed',
    ]);
  });

  it('has the checks that it touches measured before the story goes on', async () => {
    const order: string[] = [];
    function* story(): Flow<void> {
      yield* step({ id: 'do', title: 'Do', touches: ['keychain'], run: () => order.push('done') });
      yield* step({
        id: 'fail',
        title: 'Fail',
        touches: ['key-age'],
        run: () => Promise.reject(new Error()),
      });
    }
    await playing(story, [], { afterChange: async touched => void order.push(`measured ${touched}`) });
    expect(order).toEqual(['done', 'measured keychain']);
  });

  it('is taken back where measuring what it touched fails', async () => {
    const undone: string[] = [];
    const act = { id: 'do', title: 'Do', touches: ['x'], run: () => 1, undo: () => void undone.push('do') };
    const afterChange = () => Promise.reject(new Error('no measuring today'));
    const { outcome } = await playing(() => step(act), [], { afterChange });
    expect(outcome).toMatchObject({ type: 'failed', error: { message: 'no measuring today' } });
    expect(undone).toEqual(['do']);
  });
});

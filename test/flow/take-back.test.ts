import { describe, expect, it } from 'vitest';
import { ask, type Flow, type Step, step, text } from '../../source/flow/flow.ts';
import { cancel, playing } from './support/front-end.ts';

const name = text({ id: 'name', message: 'Name?' });

describe('taking back', () => {
  it('goes from the latest to the first, and gives each its own outcome', async () => {
    const undone: string[] = [];
    const doing = (id: string): Step<string> => ({
      id,
      title: id,
      run: () => `${id}'s outcome`,
      undo: outcome => void undone.push(outcome),
    });
    function* story(): Flow<void> {
      yield* step(doing('one'));
      yield* step(doing('two'));
      yield* ask(name);
    }
    await playing(story, [cancel]);
    expect(undone).toEqual(["two's outcome", "one's outcome"]);
  });

  it('that fails is told, and the others are taken back all the same', async () => {
    const undone: string[] = [];
    function* story(): Flow<void> {
      yield* step({ id: 'one', title: 'One', run: () => 1, undo: () => void undone.push('one') });
      yield* step({
        id: 'two',
        title: 'Two',
        run: () => 2,
        undo: () => Promise.reject(new Error('the keychain is locked now')),
      });
      yield* step({ id: 'three', title: 'Three', run: () => Promise.reject(new Error('the reason')) });
    }
    const { outcome, told, view } = await playing(story, []);
    expect(outcome).toMatchObject({ type: 'failed', error: { message: 'the reason' } });
    expect(undone).toEqual(['one']);
    expect(told.slice(-3)).toEqual(['undo-failed two', 'step-undone one', 'failed']);
    expect(view.lines.map(line => (line.kind === 'step' ? [line.id, line.state, line.detail] : []))).toEqual([
      ['one', 'undone', ''],
      ['two', 'done', 'could not be taken back: the keychain is locked now'],
      ['three', 'failed', 'the reason'],
    ]);
  });

  it('leaves alone what failed, and what the story caught', async () => {
    const undone: string[] = [];
    function* story(): Flow<void> {
      try {
        yield* step({
          id: 'no',
          title: 'No',
          run: () => Promise.reject(new Error('no')),
          undo: () => void undone.push('no'),
        });
      } catch {
        yield* ask(name);
      }
    }
    await playing(story, [cancel]);
    expect(undone).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { ask, type Flow, play, type Reply, type Step, step, text } from '../../source/flow/flow.ts';
import { playing } from './support/front-end.ts';

const name = text({ id: 'name', message: 'Name?' });

/** Resolves when the signal aborts. */
const aborted = (signal: AbortSignal) =>
  new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));

describe('Ctrl+C', () => {
  it('during a step aborts its signal; if it ends well all the same, it is taken back', async () => {
    const controller = new AbortController();
    const done: string[] = [];
    const act: Step<string> = {
      id: 'send',
      title: 'Send',
      run: async ({ signal }) => {
        queueMicrotask(() => controller.abort());
        await aborted(signal);
        done.push('sent');
        return 'sent';
      },
      undo: () => void done.pop(),
    };
    const { outcome, told } = await playing(() => step(act), [], { signal: controller.signal });
    expect(outcome).toEqual({ type: 'cancelled' });
    expect(done).toEqual([]);
    expect(told).toEqual(['started', 'step-started send', 'step-done send', 'step-undone send', 'cancelled']);
  });

  it('during a step that gives up is no failure, and the story can not catch it', async () => {
    const controller = new AbortController();
    function* story(): Flow<string> {
      try {
        yield* step({
          id: 'wait',
          title: 'Wait',
          run: async ({ signal }) => {
            controller.abort();
            signal.throwIfAborted();
          },
        });
      } catch {
        return 'went on';
      }
      return 'done';
    }
    const { outcome } = await playing(story, [], { signal: controller.signal });
    expect(outcome).toEqual({ type: 'cancelled' });
  });

  it('at a question does not wait for the answer', async () => {
    const controller = new AbortController();
    const neverAnswered = {
      show: () => {},
      answer: () => {
        queueMicrotask(() => controller.abort());
        return new Promise<Reply>(() => {});
      },
    };
    const outcome = await play(() => ask(name), {
      name: 'story',
      title: 'A story',
      frontEnd: neverAnswered,
      signal: controller.signal,
    });
    expect(outcome).toEqual({ type: 'cancelled' });
  });

  it('counts, even where the answer comes in the same moment', async () => {
    const controller = new AbortController();
    const { outcome } = await playing(
      () => ask(name),
      [
        () => {
          controller.abort();
          return { type: 'answer', raw: 'too late' };
        },
      ],
      { signal: controller.signal },
    );
    expect(outcome).toEqual({ type: 'cancelled' });
  });

  it('before the story begins lets nothing happen', async () => {
    const { told } = await playing(() => step({ id: 'do', title: 'Do', run: () => 1 }), [], {
      signal: AbortSignal.abort(),
    });
    expect(told).toEqual(['started', 'cancelled']);
  });
});

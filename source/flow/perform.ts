import type { PlayOptions } from './front-end.ts';
import type { Journal, StepResult } from './journal.ts';
import type { Step } from './order.ts';

/** Ends a play from within: not an error of the flow. */
export class Cancelled extends Error {}

/** Performs a step, records it, and has the checks it touches measured again. */
export async function perform(
  act: Step<unknown>,
  journal: Journal,
  options: PlayOptions,
): Promise<StepResult> {
  const { show } = options.frontEnd;
  const started = { type: 'step-started', id: act.id, title: act.title } as const;
  if (!act.isQuiet) show(started);
  const result = await attempt(act, options);
  journal.add({ type: 'step', step: act, result });
  if ('thrown' in result) {
    if (act.isQuiet) show(started);
    show({ type: 'step-failed', id: act.id, error: result.thrown });
  } else if (!act.isQuiet) {
    const summary = act.summary?.(result.value);
    show({ type: 'step-done', id: act.id, ...(summary === undefined ? {} : { summary }) });
  }
  if ('value' in result && act.touches) await options.afterChange?.(act.touches);
  // An act that ended while the person cancelled is in the journal now, and is taken back with the rest.
  if (options.signal.aborted) throw new Cancelled();
  return result;
}

async function attempt(act: Step<unknown>, options: PlayOptions): Promise<StepResult> {
  const progress = (text: string) => options.frontEnd.show({ type: 'step-progress', id: act.id, text });
  try {
    return { value: await act.run({ signal: options.signal, progress }) };
  } catch (thrown) {
    return { thrown: asError(thrown) };
  }
}

/** Takes back what was done since the last `keep`, latest first; an undo that fails doesn't stop the others. */
export async function takeBack(journal: Journal, options: PlayOptions): Promise<void> {
  for (const { step, value } of journal.undoable) {
    if (!step.undo) continue;
    try {
      await step.undo(value);
      options.frontEnd.show({ type: 'step-undone', id: step.id });
    } catch (thrown) {
      options.frontEnd.show({ type: 'undo-failed', id: step.id, error: asError(thrown) });
    }
  }
}

export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

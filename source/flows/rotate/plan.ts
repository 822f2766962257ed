import { type Flow, note } from '../../flow/flow.ts';
import { type Journal, planWords } from '../../rotation/rotation.ts';
import type { RotationAsked } from './asked.ts';

/** Says what a rotation does; where only that was wanted, it is the result. */
export function* sayPlan(asked: RotationAsked, journal: Journal, oldName?: string): Flow<void> {
  const lines = planOf(asked, journal, oldName);
  asked.onPlan(lines);
  if (asked.mode === 'plan') return;
  for (const line of lines) yield* note(line);
}

function planOf(asked: RotationAsked, journal: Journal, oldName?: string): readonly string[] {
  const consumers = asked.openConsumers(asked.cwd).map(({ title }) => title);
  const lines = planWords(journal, consumers, oldName);
  return lines.map((line, index) => `${index + 1}. ${line}`);
}

/** What comes of a scan that found keys: they are shown once more, and one of the next commands is chosen. */
import { ask, type Choice, type Flow, note, select, type Tone } from '../flow/flow.ts';

export const afterScanQuestions = ['scan.next'] as const;

/** A key that was found, in words. */
interface ShownKey {
  readonly words: string;
  readonly tone: Tone;
  /** Where it lies; the first few places. */
  readonly places: readonly string[];
}

/** What can be started right away. */
interface NextStep {
  /** The command line behind `castkeys`. */
  readonly command: string;
  readonly title: string;
  readonly hint: string;
}

/** What the story is told about. */
export interface AfterScan {
  readonly keys: readonly ShownKey[];
  readonly steps: readonly NextStep[];
}

const nothing = 'nothing';

/** Comes to the command line that was chosen; undefined for none. */
export function* afterScan({ keys, steps }: AfterScan): Flow<string | undefined> {
  for (const { words, tone, places } of keys) {
    yield* note(words, tone);
    for (const place of places) yield* note(`  ${place}`);
  }
  const chosen = yield* ask(
    select({
      id: 'scan.next',
      message: 'What now?',
      help: 'Whoever has a copy of the file or the repository has the key, until it is revoked.',
      choices: [
        ...steps.map(({ command, title, hint }): Choice => ({ value: command, title, hint })),
        { value: nothing, title: 'Nothing now', hint: 'the list stays on the terminal' },
      ],
      fallback: steps[0]?.command ?? nothing,
      unattended: nothing,
    }),
  );
  return chosen === nothing ? undefined : chosen;
}

import { PassThrough } from 'node:stream';
import type { KeyPiece } from './key-pieces.ts';
import type { Keyboard } from './keyboard.ts';
import { type Asking, prompt } from './prompts.ts';
import type { Understood } from './understand.ts';

/** What came of putting a question once. `again`: it was written over, and has to be put once more. */
export type Attempt = Understood | { readonly type: 'again' } | { readonly type: 'cancelled' };

export interface Putting {
  readonly keyboard: Keyboard;
  readonly signal: AbortSignal;
  readonly output: NodeJS.WriteStream;
}

/** The narrowest window in which @inquirer redraws well, in columns. */
const narrowest = 40;

/** Whether a prompt that redraws itself has the room: taller than the window it would leave stale copies behind. */
export function hasRoom(asking: Asking, output: NodeJS.WriteStream): boolean {
  const { columns = 0, rows = 0 } = output;
  const { question } = asking;
  const choices = question.kind === 'select' ? question.choices : [];
  const lines = choices.reduce(
    (sum, { title, hint = '' }) => sum + Math.ceil((title.length + hint.length + 8) / columns),
    0,
  );
  // The line itself, the way back, a problem, and the line below.
  return columns >= narrowest && lines + 4 < rows;
}

/** Puts a question with @inquirer. It reads from a stream of its own, so that the terminal never leaves raw mode. */
export async function askPrompt(asking: Asking, { keyboard, signal, output }: Putting): Promise<Attempt> {
  const input = new PassThrough();
  const leave = new AbortController();
  let left: Attempt = { type: 'cancelled' };
  const leaveAs = (attempt: Attempt) => {
    left = attempt;
    leave.abort();
  };
  const onKeys = (piece: KeyPiece) => {
    if (piece.type === 'escape') return leaveAs({ type: 'back' });
    input.write(forwarded(piece));
  };
  const stopListening = keyboard.listen({ onKeys, onContinued: () => leaveAs({ type: 'again' }) });
  try {
    return await prompt(asking, { input, output, signal: AbortSignal.any([signal, leave.signal]) });
  } catch (thrown) {
    if (signal.aborted || leave.signal.aborted) return left;
    throw thrown;
  } finally {
    stopListening();
    input.destroy();
  }
}

/** What comes behind Enter answers nothing, and Ctrl+D would end the prompt without an answer. */
function forwarded(piece: Exclude<KeyPiece, { type: 'escape' }>): string {
  if (piece.type === 'paste') return piece.text.replaceAll(/[\r\n]+/g, '');
  const [before = '', ...after] = piece.text.replaceAll('\x04', '').split(/[\r\n]/);
  return after.length > 0 ? `${before}\r` : before;
}

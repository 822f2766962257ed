import type { KeyPiece } from './key-pieces.ts';
import type { Keyboard } from './keyboard.ts';

/** What came of asking for one line. `again`: the question was written over, and has to be asked once more. */
export type Typed =
  | { readonly type: 'line'; readonly text: string }
  | { readonly type: 'back' }
  | { readonly type: 'again' }
  | { readonly type: 'cancelled' };

export interface LineReading {
  readonly keyboard: Keyboard;
  readonly signal: AbortSignal;
  /** Writes to the terminal. */
  readonly write: (text: string) => void;
  /** A typed text as it is shown. Absent for a secret: of that nothing is, not even a mask. */
  readonly show?: (text: string) => string;
}

/** Says once that something of a secret has come; whatever its length, it says the same. */
const acknowledgement = 'received, Enter continues';

/** More than any answer has; one character beyond it is kept, by which whoever reads it sees that it won't do. */
const longest = 65_536;

/**
 * Reads a line with nothing but characters: for terminals that can't move the cursor, for those who listen, and for
 * secrets everywhere. @inquirer's password writes once for each key and lets the cursor stand where the secret ends,
 * so a recording of the terminal would tell its length.
 */
export function readLine({ keyboard, signal, write, show }: LineReading): Promise<Typed> {
  const { promise, resolve } = Promise.withResolvers<Typed>();
  let line = '';
  const end = (typed: Typed) => {
    stopListening();
    signal.removeEventListener('abort', cancel);
    write('\n');
    resolve(typed);
  };
  const cancel = () => end({ type: 'cancelled' });
  let isAcknowledged = false;
  const add = (text: string) => {
    const fits = text.slice(0, Math.max(0, longest + 1 - line.length));
    line += fits;
    if (show && fits !== '') write(show(fits));
    if (!show && !isAcknowledged) write(acknowledgement);
    isAcknowledged = true;
  };
  const take = (count: number) => {
    const characters = charactersOf(line);
    const gone = characters.slice(characters.length - count);
    line = characters.slice(0, characters.length - gone.length).join('');
    if (show) write('\b \b'.repeat(show(gone.join('')).length));
  };
  const press = (character: string) => {
    if (character === '\x7f' || character === '\b') take(1);
    else if (character === '\x15') take(line.length);
    else if (!isControl(character)) add(character);
  };
  const onKeys = (piece: KeyPiece) => {
    switch (piece.type) {
      case 'escape':
        return end({ type: 'back' });
      case 'sequence':
        return;
      case 'paste':
        // A secret with a line break inside is refused in words; in a text it was never meant.
        return add(show ? piece.text.replaceAll(/[\r\n]+/g, '') : piece.text.replace(/[\r\n]+$/, ''));
      case 'typed': {
        const [before = '', ...after] = piece.text.split(/[\r\n]/);
        // One echo for a chunk without editing keys, as a paste without brackets is.
        if (charactersOf(before).some(isControl))
          for (const character of charactersOf(before)) press(character);
        else if (before !== '') add(before);
        if (after.length > 0) end({ type: 'line', text: line });
      }
    }
  };
  const stopListening = keyboard.listen({ onKeys, onContinued: () => end({ type: 'again' }) });
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  return promise;
}

function isControl(character: string): boolean {
  return /[\p{Cc}]/u.test(character);
}

/** As a person counts: an accent belongs to what it is on. */
function charactersOf(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

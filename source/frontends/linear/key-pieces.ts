/** One thing that came from the keyboard. A paste is whole, however many chunks it came in. */
export type KeyPiece =
  | { readonly type: 'typed'; readonly text: string }
  | { readonly type: 'sequence'; readonly text: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'escape' };

const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

/** Arrow keys and their like: ECMA-48 control sequences, and the single shifts of the function keys. */
const sequence = /\x1b\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|\x1bO[\x40-\x7e]/;
/** What may still become one, at the end of a chunk. */
const unfinished = /\x1b(?:\[[\x30-\x3f]*[\x20-\x2f]*|O)?$/;

/** Takes the chunks of a terminal apart. A lone Esc can only be told from the start of a sequence by waiting. */
export class KeyPieces {
  #rest = '';

  /** Whether the end of what came so far can't be told yet, short of waiting. */
  get isWaiting(): boolean {
    return this.#rest !== '' && !this.#rest.startsWith(pasteStart);
  }

  push(chunk: string): readonly KeyPiece[] {
    const text = this.#rest + chunk;
    this.#rest = '';
    return this.#parse(text);
  }

  /** Nothing more came: what looked like the start of a sequence was the Esc key. */
  settle(): readonly KeyPiece[] {
    const rest = this.#rest;
    this.#rest = '';
    return rest === '\x1b' ? [{ type: 'escape' }] : [];
  }

  #parse(text: string): readonly KeyPiece[] {
    const start = text.indexOf('\x1b');
    if (start < 0) return typed(text);
    const before = typed(text.slice(0, start));
    const tail = text.slice(start);
    if (tail.startsWith(pasteStart)) {
      const end = tail.indexOf(pasteEnd);
      if (end < 0) {
        this.#rest = tail;
        return before;
      }
      const pasted = tail.slice(pasteStart.length, end);
      return [...before, { type: 'paste', text: pasted }, ...this.#parse(tail.slice(end + pasteEnd.length))];
    }
    if (unfinished.test(tail) && tail.lastIndexOf('\x1b') === 0) {
      this.#rest = tail;
      return before;
    }
    const [found] = sequence.exec(tail) ?? [];
    if (found !== undefined && tail.startsWith(found)) {
      return [...before, { type: 'sequence', text: found }, ...this.#parse(tail.slice(found.length))];
    }
    return [...before, { type: 'escape' }, ...this.#parse(tail.slice(1))];
  }
}

function typed(text: string): readonly KeyPiece[] {
  return text === '' ? [] : [{ type: 'typed', text }];
}

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type KeyPiece, KeyPieces } from '../../../source/frontends/linear/key-pieces.ts';

/** Chunks as a terminal delivers them, and then a pause. */
function pieces(...chunks: readonly string[]): readonly KeyPiece[] {
  const keys = new KeyPieces();
  return [...chunks.flatMap(chunk => keys.push(chunk)), ...keys.settle()];
}

const typed = (text: string) => ({ type: 'typed', text });

it('tells Esc from the start of a sequence by what follows', () => {
  expect(pieces('\x1b')).toEqual([{ type: 'escape' }]);
  expect(pieces('\x1b', '[A')).toEqual([{ type: 'sequence', text: '\x1b[A' }]);
  expect(pieces('a\x1b[1;5', 'Cb')).toEqual([
    typed('a'),
    { type: 'sequence', text: '\x1b[1;5C' },
    typed('b'),
  ]);
  expect(pieces('\x1bOP')).toEqual([{ type: 'sequence', text: '\x1bOP' }]);
});

it('sees Esc before something that is no sequence', () => {
  expect(pieces('\x1bx')).toEqual([{ type: 'escape' }, typed('x')]);
  expect(pieces('\x1b\x1b')).toEqual([{ type: 'escape' }, { type: 'escape' }]);
});

it('drops the start of a sequence that never came', () => {
  expect(pieces('a\x1b[')).toEqual([typed('a')]);
});

it('keeps a paste whole, wherever the chunks end', () => {
  const sent = 'a\x1b[200~one\r\ntwo \x1b[31m\x1b[201~\r';
  fc.assert(
    fc.property(fc.nat(sent.length), fc.nat(sent.length), (one, other) => {
      const [first, second] = [Math.min(one, other), Math.max(one, other)];
      const found = pieces(sent.slice(0, first), sent.slice(first, second), sent.slice(second));
      expect(found).toEqual([typed('a'), { type: 'paste', text: 'one\r\ntwo \x1b[31m' }, typed('\r')]);
    }),
  );
});

it('loses no character that is typed', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z0-9 \r]*$/)), chunks => {
      const text = pieces(...chunks).map(piece => ('text' in piece ? piece.text : ''));
      expect(text.join('')).toBe(chunks.join(''));
    }),
  );
});

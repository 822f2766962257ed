import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, withoutControls } from '../source/printable.ts';

describe('text that somebody else wrote', () => {
  it('stays as it is when it is only text', () => {
    expect(printable('Ops team (EU) – Zürich 東京 🚀')).toBe('Ops team (EU) – Zürich 東京 🚀');
  });

  it.each([
    ['a colour', '\x1b[31mred\x1b[0m', 'red'],
    ['a cleared screen', 'a\x1b[2J\x1b[Hb', 'ab'],
    ['a renamed window', '\x1b]0;owned\x07name', 'name'],
    ['a clipboard write', '\x1b]52;c;aGk=\x1b\\name', 'name'],
    ['a device control string', '\x1bPq#0\x1b\\name', 'name'],
    ['a full reset', '\x1bcname', 'name'],
    ['a charset switch', '\x1b(0name', 'name'],
    ['8-bit controls', '\x9b31mred\x9d0;t\x9cname', 'redname'],
    ['C0, DEL and C1', 'a\x00\x07\x08\x7f\x85b', 'a b'],
    ['a line overwritten', 'safe\revil', 'safe evil'],
    ['line breaks', 'one\r\ntwo\nthree\tfour\u2028five', 'one two three four five'],
    ['bidi overrides and isolates', '\u202egnp.\u202c\u2066x\u2069', 'gnp.x'],
    ['zero-width and filler characters', 'a\u200bb\u200d\ufeffc\u00ad\u3164', 'abc'],
    ['hidden tag characters', `a${String.fromCodePoint(0xe0041)}b`, 'ab'],
    ['a lone surrogate', 'a\ud800b', 'ab'],
  ])('loses %s', (_what, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('keeps the rest visible when an escape string never ends', () => {
    expect(printable('\x1b]0;hidden name')).toBe('0;hidden name');
  });

  it('does not put a new sequence together out of the pieces of two', () => {
    expect(printable('\x1b\x1b[31m[31mx')).not.toContain('\x1b');
  });

  it('is cut to its length in whole characters', () => {
    expect(printable('🚀'.repeat(500), 10)).toBe(`${'🚀'.repeat(9)}…`);
    expect(printable('🚀'.repeat(10), 10)).toBe('🚀'.repeat(10));
    expect(printable('a'.repeat(201))).toHaveLength(200);
  });

  it('never holds anything a terminal acts on, whatever went in', () => {
    const nasty = fc.array(
      fc.oneof(
        fc.constantFrom('\x1b', '\x9b', '\x9d', '[', ']', '\x07', '\x1b\\', '\u202e'),
        fc.string({ unit: 'binary' }),
      ),
    );
    fc.assert(
      fc.property(nasty, pieces => {
        const shown = printable(pieces.join(''));
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });

  it('takes no longer for what was made to be slow', () => {
    const started = performance.now();
    withoutControls('\x1b]'.repeat(500_000));
    withoutControls(`\x1b[${'0'.repeat(1_000_000)}`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

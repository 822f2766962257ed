import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { GraphemeSegmenter, oneColumnEach, rgiEmoji } from '../../../source/frontends/ink/graphemes.ts';
import { symbolsFor } from '../../../source/frontends/ink/symbols.ts';

const ofIntl = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const ours = new GraphemeSegmenter();

/** Everything that screens are made of, and everything that joins its neighbour. */
const character = fc.oneof(
  fc.constantFrom(
    ...'aé ~\u00a0·…─━▲✓✗❯⠋⣿⏎→ü\u0000\u001b\n\r\t\u007f©☝✌❤✔⌚⚡1#*',
    '\u0301',
    '\u200d',
    '\ufe0f',
    '\u20e3',
    '\u{1f3fb}',
    '\u{1f44d}',
    '\u{1f1e9}',
    '\u{1f1ea}',
    '\u{1f469}',
    '\u{1f680}',
    '漢',
    '각',
    'ᄀ',
    'ᅡ',
    'क',
    'ि',
    '\u2028',
    '\ud83d',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const anyText = fc.array(character, { maxLength: 12 }).map(parts => parts.join(''));

describe('grapheme clusters', () => {
  it('are the ones that Intl finds, whatever the text', () => {
    fc.assert(
      fc.property(anyText, text => {
        expect([...ours.segment(text)].map(({ segment, index }) => [segment, index])).toEqual(
          [...ofIntl.segment(text)].map(({ segment, index }) => [segment, index]),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('are found by any index inside them', () => {
    fc.assert(
      fc.property(anyText, fc.nat(14), (text, at) => {
        expect(ours.segment(text).containing(at)?.segment).toBe(ofIntl.segment(text).containing(at)?.segment);
      }),
      { numRuns: 1000 },
    );
  });

  it('that are emoji are told as the whole expression tells them', () => {
    const whole = /^\p{RGI_Emoji}$/v;
    fc.assert(
      fc.property(anyText, text => {
        for (const { segment } of ofIntl.segment(text))
          expect(rgiEmoji.test(segment)).toBe(whole.test(segment));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a text that is measured by its length', () => {
  it('is as wide as string-width says, character by character', () => {
    const those = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(text =>
      oneColumnEach.test(text),
    );
    expect(those.length).toBeGreaterThan(300);
    expect(those.filter(text => stringWidth(text) !== 1)).toEqual([]);
    // Nor does any of them join its neighbour.
    for (const text of those) expect(stringWidth(`${text}${text}`)).toBe(2);
  });

  it('is everything the screens are drawn with', () => {
    const { say: _, ...symbols } = symbolsFor({ LANG: 'C.UTF-8' }, 'linux');
    const signs = Object.values(symbols).flatMap(sign =>
      typeof sign === 'string' ? sign : Object.values(sign),
    );
    expect(signs.length).toBeGreaterThan(30);
    expect(signs.filter(sign => !oneColumnEach.test(sign))).toEqual([]);
  });
});

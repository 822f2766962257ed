/**
 * Characters whose neighbours never join them into one cluster: printable ASCII, Latin-1, and the punctuation, arrows,
 * lines, blocks, signs and Braille patterns that screens are drawn with. All of them are one UTF-16 unit long; what joins
 * (marks, joiners, variation selectors, emoji beyond them) is not among them.
 */
const standAlone =
  /^[\x00-\x0c\x0e-\xac\xae-\xff\u2010-\u2027\u2030-\u205e\u2190-\u23ff\u2500-\u27bf\u2800-\u28ff]*$/;

type Cluster = Intl.SegmentData;

let ofIntl: Intl.Segmenter | undefined;

/**
 * Finds grapheme clusters as `Intl.Segmenter` does, without it where every character stands alone: making the first one loads
 * ICU's rules, which took 11 ms of the first frame. The build puts it in the place of the segmenters inside Ink.
 */
export class GraphemeSegmenter {
  segment(text: string): Iterable<Cluster> & { containing(index?: number): Cluster | undefined } {
    if (standAlone.test(text)) return new Characters(text);
    ofIntl ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    return ofIntl.segment(text);
  }
}

class Characters {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  containing(index = 0): Cluster | undefined {
    const segment = this.#text[index];
    return segment === undefined ? undefined : { segment, index, input: this.#text };
  }

  *[Symbol.iterator](): Iterator<Cluster> {
    for (let index = 0; index < this.#text.length; index += 1) {
      const cluster = this.containing(index);
      if (cluster) yield cluster;
    }
  }
}

/**
 * Texts of which every UTF-16 unit takes one column: printable ASCII, and the lines, blocks, Braille patterns and signs of our own
 * screens. Wherever string-width meets one it can stop at its length.
 */
export const oneColumnEach = /^[\x20-\x7e·–—•…›←-↙↩⋮⏎─-▟▲▶▼○●★✓✗❯⠀-⣿]*$/;

const mayBeEmoji = /\p{Emoji_Presentation}|\ufe0f/u;
let emoji: RegExp | undefined;

/**
 * Tells emoji as `/^\p{RGI_Emoji}$/v` does, and makes that expression only for a cluster that may be one: each holds a character
 * that is shown as an emoji by itself, or the selector that makes it one. Reading and first using the expression took 34 ms.
 */
export const rgiEmoji = {
  test(cluster: string): boolean {
    if (!mayBeEmoji.test(cluster)) return false;
    emoji ??= /^\p{RGI_Emoji}$/v;
    return emoji.test(cluster);
  },
};

import type { Look, Paint } from './paint.ts';
import type { Signs } from './signs.ts';
import { wrap } from './wrap.ts';

/** Something to say: on a line of its own, behind a sign. */
export interface Said {
  readonly text: string;
  readonly look?: Look;
  readonly sign?: string;
  readonly signLook?: Look;
  /** Columns to the left of it. */
  readonly indent?: number;
}

/** How this terminal is written on. */
export interface Appearance {
  readonly signs: Signs;
  readonly paint: Paint;
  /** Somebody listens: signs are words, and what wraps isn't indented. */
  readonly voice: boolean;
}

/** What it is written on. `columns` are undefined or 0 where the terminal doesn't know. */
export interface Paper {
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

/** Wider lines are no easier to read. */
const widest = 100;
/** Of a terminal that doesn't know. */
const usual = 80;

/** Lines, one after the other, never touched again. */
export class Transcript {
  readonly appearance: Appearance;
  readonly #paper: Paper;
  #held: string[] | undefined;

  constructor(paper: Paper, appearance: Appearance) {
    this.#paper = paper;
    this.appearance = appearance;
  }

  get columns(): number {
    return Math.min(this.#paper.columns || usual, widest);
  }

  say(...all: readonly Said[]): void {
    const lines = all.flatMap(said => linesOf(said, this.columns, this.appearance));
    if (this.#held) this.#held.push(...lines);
    else for (const line of lines) this.#paper.write(`${line}\n`);
  }

  /** While an answer is typed, what is said waits: it would tear the line apart. */
  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const line of held) this.#paper.write(`${line}\n`);
  }
}

function linesOf(said: Said, columns: number, { signs, paint, voice }: Appearance): readonly string[] {
  const { text, look = 'plain', sign = '', signLook = look, indent = 0 } = said;
  const before = ' '.repeat(voice ? 0 : indent);
  const lead = sign === '' ? '' : `${sign} `;
  const hanging = ' '.repeat(voice ? 0 : lead.length);
  const words = signs.say(text);
  const [first = '', ...others] = wrap(
    // A sign that is a word is part of the sentence.
    voice ? `${lead}${words}` : words,
    columns - before.length - hanging.length,
  );
  const shown = voice || lead === '' ? paint(look, first) : `${paint(signLook, sign)} ${paint(look, first)}`;
  return [`${before}${shown}`, ...others.map(line => `${before}${hanging}${paint(look, line)}`)];
}

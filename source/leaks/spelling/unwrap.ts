import { firstOwn, type Wrapping } from './literals.ts';

/** A piece of a buffer as text, one character a byte. */
export interface Unwrapped {
  readonly text: string;
  /** Where in the text the literal begins. */
  readonly at: number;
}

/** The part of a buffer that belongs together: one object, one file. */
export interface Extent {
  readonly buffer: Buffer;
  readonly from: number;
  readonly to: number;
}

/** How far around a literal is read, in characters of the text: a key, each of its characters written with six. */
const reach = 83 * 6 + 300;

/** The text around a literal that stands at `at`, taken out of what it is wrapped in. */
export function unwrap(extent: Extent, at: number, wrapping: Wrapping): Unwrapped {
  switch (wrapping.kind) {
    case 'text': {
      const from = Math.max(extent.from, at - reach);
      return {
        text: extent.buffer.toString('latin1', from, Math.min(extent.to, at + 2 * reach)),
        at: at - from,
      };
    }
    case 'utf-16':
      return everySecond(extent, at);
    case 'hex':
      return fromHex(extent, at);
    case 'base64':
      return fromBase64(extent, at, wrapping);
  }
}

/**
 * Both byte orders at once: a character's other byte is zero, and whether it stands before or behind makes no difference
 * to which bytes are the characters.
 */
function everySecond({ buffer, from, to }: Extent, at: number): Unwrapped {
  let start = at;
  while (start - 2 >= from && buffer[start - 1] === 0 && at - start < 2 * reach) start -= 2;
  let end = at;
  while (end < to && (end + 1 >= to || buffer[end + 1] === 0) && end - at < 4 * reach) end += 2;
  let text = '';
  for (let index = start; index < end; index += 2) text += String.fromCharCode(buffer[index] ?? 0);
  return { text, at: (at - start) / 2 };
}

const isHex = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);

function fromHex(extent: Extent, at: number): Unwrapped {
  const before = lettersBefore(extent, at, isHex, 2 * 83);
  const behind = lettersFrom(extent, at, isHex, 4 * 83);
  const even = before.slice(before.length % 2);
  return { text: Buffer.from(even + behind, 'hex').toString('latin1'), at: even.length / 2 };
}

const isBase64 = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  byte === 0x2b ||
  byte === 0x2f ||
  byte === 0x2d ||
  byte === 0x5f;

function fromBase64(
  extent: Extent,
  at: number,
  { phase, inner }: Extract<Wrapping, { kind: 'base64' }>,
): Unwrapped {
  const head = firstOwn[phase];
  const room = 4 * 83;
  const before = lettersBefore(extent, at, isBase64, room);
  const behind = lettersFrom(extent, at, isBase64, 2 * room);
  // The group that the literal begins in may have lost its head, at the beginning of a file; groups before it are whole.
  const whole = before.length >= head ? (before.length - head) % 4 : 0;
  const groups = before.slice(whole).padStart(head, 'A');
  const bytes = Buffer.from(groups + behind, 'base64');
  const start = ((groups.length - head) / 4) * 3 + phase;
  if (inner === 'text') return { text: bytes.toString('latin1'), at: start };
  return everySecond({ buffer: bytes, from: 0, to: bytes.length }, start);
}

const [tab, newline, carriageReturn, space] = [9, 10, 13, 32];

/** Letters of an alphabet, from a place on; line breaks between them, with their indentation, are left out. */
function lettersFrom({ buffer, to }: Extent, at: number, belongs: (byte: number) => boolean, most: number) {
  let letters = '';
  for (let index = at; index < to && letters.length < most; index += 1) {
    const byte = buffer[index] ?? 0;
    if (belongs(byte)) letters += String.fromCharCode(byte);
    else if (!isBreak(byte, buffer[index - 1])) break;
  }
  return letters;
}

function lettersBefore(
  { buffer, from }: Extent,
  at: number,
  belongs: (byte: number) => boolean,
  most: number,
) {
  const letters: string[] = [];
  let indentation = 0;
  for (let index = at - 1; index >= from && letters.length < most; index -= 1) {
    const byte = buffer[index] ?? 0;
    if (belongs(byte)) {
      // Blanks that no line break stands before part two words.
      if (indentation > 0) break;
      letters.push(String.fromCharCode(byte));
    } else if (byte === space || byte === tab) indentation += 1;
    else if (byte === newline || byte === carriageReturn) indentation = 0;
    else break;
  }
  return letters.reverse().join('');
}

function isBreak(byte: number, before: number | undefined): boolean {
  if (byte === newline || byte === carriageReturn) return true;
  return (
    (byte === space || byte === tab) &&
    (before === newline || before === carriageReturn || before === space || before === tab)
  );
}

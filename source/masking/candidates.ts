import type { Form } from './forms.ts';

/** A place in the data where a form stands, or would if the data went on. */
export interface Candidate {
  readonly form: Form;
  readonly start: number;
  /** Where what may be shown ends: the public beginning, and the few bytes that may go out before it is decided. */
  readonly publicEnd: number;
  readonly shownEnd: number;
  /** Where it ends, whole or cut short; undefined where the data ends first. */
  readonly end: number | undefined;
}

/**
 * So many bytes of a form tell nobody anything, and half the words of a language begin like it: they go out at once, and
 * are waited for no longer than that.
 */
const shownAnyway = 3;

/** From so many bytes on, a form that is cut short (by a program that prints the first half of it) is hidden all the same. */
const tooMuch = 16;

/** How many bytes of a form go out before it is decided whether it is one. */
export const shownUndecided = ({ publicBytes, bytes }: Form): number =>
  Math.min(Math.max(publicBytes, shownAnyway), bytes.length);

/** Where any of the forms stands in the data, in order of their beginnings. */
export function candidatesIn(data: Buffer, forms: readonly Form[]): readonly Candidate[] {
  const squeezed = forms.some(({ wraps }) => wraps) && data.includes('\n') ? squeeze(data) : undefined;
  return forms
    .flatMap(form => {
      if (!form.wraps || !squeezed) return found(data, form, at => at);
      return found(squeezed.data, form, at => squeezed.at[at] ?? data.length);
    })
    .toSorted((one, other) => one.start - other.start || reach(other) - reach(one));
}

const reach = ({ end }: Candidate): number => end ?? Number.POSITIVE_INFINITY;

/** `place` says where in the whole data a byte stands. */
function found(data: Buffer, form: Form, place: (at: number) => number): readonly Candidate[] {
  const { bytes, publicBytes } = form;
  const shown = shownUndecided(form);
  const anchor = bytes.subarray(0, shown);
  const candidates: Candidate[] = [];
  for (let at = data.indexOf(anchor); at >= 0; at = data.indexOf(anchor, at + 1)) {
    const length = shown + common(data, at + shown, bytes, shown);
    const goesOn = length < bytes.length && at + length === data.length;
    const isHidden = length === bytes.length || length >= shown + tooMuch;
    if (!goesOn && !isHidden) continue;
    candidates.push({
      form,
      start: place(at),
      publicEnd: place(at + publicBytes),
      shownEnd: place(at + shown),
      end: goesOn ? undefined : place(at + length - 1) + 1,
    });
  }
  return candidates;
}

/** How many bytes are the same from these places on. */
function common(data: Buffer, at: number, bytes: Buffer, from: number): number {
  let length = 0;
  while (from + length < bytes.length && data[at + length] === bytes[from + length]) length += 1;
  return length;
}

/** The data without its line breaks, and where each byte of it stood. */
function squeeze(data: Buffer): { readonly data: Buffer; readonly at: readonly number[] } {
  const bytes: number[] = [];
  const at: number[] = [];
  for (const [index, byte] of data.entries()) {
    if (byte === 0x0a || byte === 0x0d) continue;
    bytes.push(byte);
    at.push(index);
  }
  return { data: Buffer.from(bytes), at };
}

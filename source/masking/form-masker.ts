import { type Candidate, candidatesIn, shownUndecided } from './candidates.ts';
import type { Form } from './forms.ts';
import { maskOf } from './mask.ts';

/** Hides given forms of secrets. Holds back only what is one so far, beyond its public beginning. */
export class FormMasker {
  readonly #forms: readonly Form[];
  readonly #keepsLength: boolean;
  /** How much of what went out may still be the beginning of a secret, line breaks included. */
  readonly #lookback: number;
  #before: Buffer = Buffer.alloc(0);
  #held: Buffer = Buffer.alloc(0);

  constructor(forms: readonly Form[], keepsLength: boolean) {
    this.#forms = forms;
    this.#keepsLength = keepsLength;
    this.#lookback = 2 * Math.max(...forms.map(shownUndecided));
  }

  push(chunk: Buffer): Buffer {
    return this.#pass(chunk, false);
  }

  end(): Buffer {
    return this.#pass(Buffer.alloc(0), true);
  }

  #pass(chunk: Buffer, isEnd: boolean): Buffer {
    const data = Buffer.concat([this.#before, this.#held, chunk]);
    const out: Buffer[] = [];
    let sent = this.#before.length;
    /** Nothing before this can be part of a secret that is still to come. */
    let settled = 0;
    let holdFrom = data.length;
    for (const candidate of candidatesIn(data, this.#forms)) {
      if (candidate.start < settled) continue;
      if (candidate.end === undefined && !isEnd) {
        holdFrom = Math.min(Math.max(candidate.shownEnd, sent), data.length);
        if (holdFrom < data.length) break;
        continue;
      }
      const hidden = hiddenPart(candidate, sent, data.length);
      if (!hidden) continue;
      out.push(data.subarray(sent, hidden.from), maskOf(hidden.to - hidden.from, this.#keepsLength));
      sent = settled = hidden.to;
    }
    out.push(data.subarray(sent, holdFrom));
    const from = Math.max(settled, holdFrom - this.#lookback);
    this.#before = Buffer.from(data.subarray(from, holdFrom));
    this.#held = Buffer.from(data.subarray(holdFrom));
    return Buffer.concat(out);
  }
}

/** What of it is to be masked; undefined where nothing but what may be shown is there. */
function hiddenPart({ publicEnd, shownEnd, end }: Candidate, sent: number, length: number) {
  const to = end ?? length;
  const from = Math.max(publicEnd, sent);
  if (end === undefined && to <= shownEnd) return undefined;
  return from < to ? { from, to } : undefined;
}

import { redactKeys } from '../castai/castai.ts';
import { printable } from '../printable.ts';
import type { RefusalCode } from './refusal.ts';

/** Something the broker refused, as often as it came. */
export interface RefusedKind {
  readonly code: RefusalCode;
  readonly method: string;
  /** Without its query, and shortened. */
  readonly path: string;
  readonly why: string;
  readonly count: number;
}

/** What a broker did. */
export interface Summary {
  /** Requests that were passed on to Cast AI. */
  readonly forwarded: number;
  /** Of these, those that were not answered. */
  readonly unanswered: number;
  readonly refused: number;
  /** Each kind once; no more than a hundred of them. */
  readonly refusals: readonly RefusedKind[];
}

const mostKinds = 100;

/** Counts what a broker does. */
export class Tally {
  #forwarded = 0;
  #unanswered = 0;
  #refused = 0;
  readonly #kinds = new Map<string, RefusedKind>();
  readonly #onNewKind: (kind: RefusedKind) => void;

  /** `onNewKind` is told of each kind of refusal when it comes first. */
  constructor(onNewKind: (kind: RefusedKind) => void = () => {}) {
    this.#onNewKind = onNewKind;
  }

  forwarded(): void {
    this.#forwarded += 1;
  }

  unanswered(): void {
    this.#unanswered += 1;
  }

  refused(kind: Omit<RefusedKind, 'count'>): void {
    this.#refused += 1;
    const path = printable(redactKeys(kind.path), 120);
    const method = printable(kind.method, 20);
    const name = `${kind.code} ${method} ${path}`;
    const known = this.#kinds.get(name);
    if (!known && this.#kinds.size >= mostKinds) return;
    const now = { ...kind, path, method, count: (known?.count ?? 0) + 1 };
    this.#kinds.set(name, now);
    if (!known) this.#onNewKind(now);
  }

  summary(): Summary {
    return {
      forwarded: this.#forwarded,
      unanswered: this.#unanswered,
      refused: this.#refused,
      refusals: [...this.#kinds.values()],
    };
  }
}

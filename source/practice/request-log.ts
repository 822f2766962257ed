import type { Failure } from './behaviour.ts';

/** A request as the log keeps it: everything a test or a learner asks about, and no key. */
export interface RequestRecord {
  readonly at: string;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** With its `?`; '' without one. Anything of a key's shape is masked. */
  readonly query: string;
  readonly presented: 'X-API-Key' | 'Bearer' | 'nothing';
  readonly userAgent: string;
  /** The organization selector header; '' without one. */
  readonly organization: string;
  readonly failures: readonly Failure['kind'][];
  /** Whose key it was; null where none was recognised. */
  keyId: string | null;
  /** null: not answered (yet, or because the connection was cut). */
  status: number | null;
  /** What broke inside the practice server; '' as a rule. */
  fault: string;
}

const kept = 10_000;

/** The requests of this process, oldest first; of very many the newest. */
export class RequestLog {
  #records: RequestRecord[] = [];

  /** Keeps the record itself: its maker completes it when the answer is known. */
  add(record: RequestRecord): void {
    this.#records.push(record);
    if (this.#records.length > kept) this.#records.shift();
  }

  all(): readonly RequestRecord[] {
    return this.#records.map(record => ({ ...record }));
  }

  clear(): void {
    this.#records = [];
  }
}

/** Masks whatever looks like a key (the loose form of section 1.4). */
export function withoutKeys(text: string): string {
  return text.replace(/castai_v1_[A-Za-z0-9_]+/gi, 'castai_v1_********');
}

import * as v from 'valibot';

/** What the keychain's child process is asked to do with one account. */
export type KeychainCall =
  | { readonly op: 'get'; readonly account: string }
  | { readonly op: 'set'; readonly account: string; readonly value: string }
  | { readonly op: 'delete'; readonly account: string };

/** One line to the child. Answers carry the same id. */
export type ChildRequest = KeychainCall & { readonly id: number };

/** keytar's result, keytar's error, or why keytar can't be loaded. */
export type Reply =
  | { readonly ok: string | boolean | null }
  | { readonly failed: string }
  | { readonly unloadable: string };

/** One line from the child. */
export type ChildAnswer = Reply & { readonly id: number };

const id = v.number();
const answerSchema = v.union([
  v.object({ id, ok: v.nullable(v.union([v.string(), v.boolean()])) }),
  v.object({ id, failed: v.string() }),
  v.object({ id, unloadable: v.string() }),
]);

/** Throws for a line that is no answer. The error names nothing of the line: it may hold a secret. */
export function parseAnswer(line: string): ChildAnswer {
  try {
    return v.parse(answerSchema, JSON.parse(line));
  } catch {
    throw new Error('the keychain process answered something unreadable');
  }
}

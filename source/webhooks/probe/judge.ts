import type { Answer } from './send.ts';
import type { Trial } from './trials.ts';

/** What became of one request: whether it was taken, and whether that is as it should be. */
export interface Judged {
  readonly id: Trial['id'];
  readonly title: string;
  readonly expects: Trial['expects'];
  readonly got: 'taken' | 'refused' | 'broke' | 'not-sent';
  readonly isRight: boolean;
  /** In words: the status, or what happened instead. */
  readonly what: string;
  /** What it means, where it isn't right; or why nothing was sent. */
  readonly meaning?: string;
  readonly ms?: number;
}

/** Judges an answer. An error of the endpoint's own (5xx, a connection that ends) is no refusal: something it didn't expect got in. */
export function judge({ id, title, expects, otherwise }: Trial, answer: Answer): Judged {
  const got = gotOf(id, answer);
  const isRight = got === expects;
  const { ms } = answer;
  const meaning = got === 'broke' ? brokeBy(id, answer) : otherwise;
  return { id, title, expects, got, isRight, what: whatOf(answer), ms, ...(isRight ? {} : { meaning }) };
}

/** A trial that the scheme says nothing about. */
export const notSent = ({ id, title, expects, notCovered = '' }: Trial): Judged => ({
  id,
  title,
  expects,
  got: 'not-sent',
  isRight: true,
  what: 'not sent',
  meaning: notCovered,
});

function gotOf(id: Trial['id'], answer: Answer): Judged['got'] {
  // Whoever turns a huge body away in the middle has refused it.
  if (answer.kind === 'reset' && id === 'huge') return 'refused';
  if (answer.kind !== 'answered') return 'broke';
  if (answer.status >= 200 && answer.status < 300) return 'taken';
  return answer.status >= 500 ? 'broke' : 'refused';
}

function brokeBy(id: Trial['id'], answer: Answer): string {
  if (id === 'genuine' || id === 'genuine-again') return 'genuine webhooks are lost';
  if (answer.kind === 'unreachable') return 'it is gone: what was sent before has ended it';
  if (answer.kind === 'timeout') return 'it never answers: such requests pile up';
  return 'an exception instead of a refusal: whoever sends this can make it fail at will';
}

function whatOf(answer: Answer): string {
  switch (answer.kind) {
    case 'answered':
      return String(answer.status);
    case 'reset':
      return 'connection ended';
    case 'timeout':
      return 'no answer';
    case 'unreachable':
      return 'not reachable';
  }
}

/** Whether refusals tell their reasons apart: whoever forges learns what to try next. */
export function tellsReasons(answers: readonly Answer[]): boolean {
  const refusals = answers.flatMap(answer =>
    answer.kind === 'answered' && answer.status >= 400 && answer.status < 500 && answer.status !== 413
      ? [answer.body]
      : [],
  );
  return new Set(refusals).size > 1;
}

import { CastkeysError } from '../../errors.ts';
import type { FlowEvent, FrontEnd, Question, RawAnswer, Reply } from '../../flow/flow.ts';
import { type Answers, answerTo } from './answers.ts';
import { eventJson, eventWords } from './event-words.ts';

export { type Answers, readAnswers } from './answers.ts';

export interface ScriptedOptions {
  readonly answers: Answers;
  readonly env: NodeJS.ProcessEnv;
  /** One event a line as JSON, instead of words. */
  readonly json: boolean;
  /** `--yes`: confirmations without an answer of their own are agreed to. */
  readonly yes: boolean;
  /** Writes a line to where events go: stdout for JSON, stderr for words. */
  readonly print: (line: string) => void;
}

/** Answers in, events out: no terminal. A question without an answer takes its fallback, or ends the flow. */
export function scripted(options: ScriptedOptions): FrontEnd {
  const answered = new Set<string>();
  const shownChecks = new Map<string, string>();
  /** What went wrong since a step last succeeded. */
  let lastFailure: Error | undefined;

  const show = (event: FlowEvent) => {
    if (event.type === 'step-done') lastFailure = undefined;
    if (event.type === 'step-failed') lastFailure = event.error;
    if (event.type === 'refused') lastFailure = refused(event.id, event.problem);
    if (event.type === 'check') {
      if (shownChecks.get(event.check.id) === event.check.state) return;
      shownChecks.set(event.check.id, event.check.state);
    }
    const line = options.json ? JSON.stringify(eventJson(event)) : eventWords(event);
    if (line !== undefined) options.print(line);
  };

  const answer = async (question: Question): Promise<Reply> => {
    // A question that follows a failure asks how to go on; unanswered, what went wrong is the outcome.
    const stuck: Reply = { type: 'stuck', error: lastFailure ?? missing(question) };
    // Asked again, the same answer would be refused for ever.
    if (answered.has(question.id)) return stuck;
    answered.add(question.id);
    try {
      const raw = answerTo(question, options.answers, options.env) ?? unattended(question, options.yes);
      return raw === undefined ? stuck : { type: 'answer', raw };
    } catch (thrown) {
      return { type: 'stuck', error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
    }
  };

  return { show, answer };
}

function unattended(question: Question, yes: boolean): RawAnswer | undefined {
  if (question.kind === 'confirm' && yes) return true;
  if (question.unattended !== undefined) return question.unattended;
  switch (question.kind) {
    case 'confirm':
      return question.fallback;
    case 'secret':
      return question.fallback && '';
    case 'text':
    case 'select':
      return question.fallback;
    case 'multiselect':
      return question.fallback.length < (question.atLeast ?? 0) ? undefined : question.fallback;
  }
}

function missing(question: Question): CastkeysError {
  const choices =
    'choices' in question
      ? ` (${question.kind === 'select' ? 'one' : 'a list'} of ${question.choices.map(choice => choice.value).join(', ')})`
      : '';
  return new CastkeysError(
    'answer-missing',
    `Nobody is here to answer "${question.message}". What was done before it was taken back.`,
    `give the answer ${JSON.stringify(question.id)}${choices} in an answers file (--answers FILE), or run in a terminal`,
  );
}

function refused(id: string, problem: string): CastkeysError {
  return new CastkeysError(
    'answers-invalid',
    `The answer to ${id} won't do: ${problem} What was done before it was taken back.`,
    `mend the answer ${JSON.stringify(id)} in the answers file`,
  );
}

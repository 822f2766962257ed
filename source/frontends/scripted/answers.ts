import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import * as v from 'valibot';
import { redactKeys } from '../../castai/key-shape.ts';
import { CastkeysError } from '../../errors.ts';
import type { Question, RawAnswer } from '../../flow/flow.ts';
import { printable } from '../../printable.ts';

const answersSchema = v.record(
  v.string(),
  v.union([
    v.string(),
    v.boolean(),
    v.pipe(v.array(v.string()), v.readonly()),
    v.strictObject({ env: v.string() }),
    v.strictObject({ file: v.string() }),
  ]),
);

const fileSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.check(data => !Array.isArray(data)),
  answersSchema,
);

/** Answers by question id. A secret is `{"env": "VAR"}` or `{"file": "PATH"}`. */
export type Answers = v.InferOutput<typeof answersSchema>;

/**
 * Reads an answers file, or standard input for `-`. `questions` are the ids that the flow may ask:
 * an answer to any other is a typing mistake, and its question would silently take its fallback.
 * @throws CastkeysError `answers-invalid`, before anything is asked or done.
 */
export async function readAnswers(
  source: string,
  stdin: NodeJS.ReadStream,
  questions: readonly string[],
): Promise<Answers> {
  const content = source === '-' ? await readAll(stdin) : readAnswersFile(source);
  const result = v.safeParse(fileSchema, content);
  if (result.success) {
    refuseStray(result.output, questions);
    refuseLiteralKeys(result.output);
    return result.output;
  }
  const issue = result.issues[0];
  // The message of a schema repeats what it received, which may be a secret.
  const at = v.getDotPath(issue);
  throw invalid(
    at
      ? `the answer to ${at} is neither text, true or false, a list of texts, nor {"env": …} or {"file": …}`
      : 'it is not a JSON object of answers',
  );
}

function refuseStray(answers: Answers, questions: readonly string[]): void {
  const isAsked = (id: string) => questions.some(question => id === question || id.endsWith(`.${question}`));
  const stray = Object.keys(answers).find(id => !isAsked(id));
  if (stray === undefined) return;
  throw invalid(
    `nothing asks for ${JSON.stringify(printable(redactKeys(stray), 60))}; the questions are ${questions.join(', ')}`,
  );
}

/** A secret of another shape is refused when it is asked for; this one shows before anything is done. */
function refuseLiteralKeys(answers: Answers): void {
  for (const [id, answer] of Object.entries(answers)) {
    const texts = Array.isArray(answer) ? answer : [answer];
    if (texts.some(text => typeof text === 'string' && redactKeys(text) !== text)) throw literal(id);
  }
}

function readAnswersFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    throw invalid(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/**
 * The answer to a question, secrets fetched from where the file says.
 * @returns undefined where there is none.
 * @throws CastkeysError `answers-invalid` for a secret written into the file.
 */
export function answerTo(
  question: Question,
  answers: Answers,
  env: NodeJS.ProcessEnv,
): RawAnswer | undefined {
  const answer = [question.id, question.sharedId ?? question.id]
    .map(id => (Object.hasOwn(answers, id) ? answers[id] : undefined))
    .find(given => given !== undefined);
  if (answer === undefined) return undefined;
  const isSource = typeof answer === 'object' && ('env' in answer || 'file' in answer);
  if (question.kind !== 'secret') {
    if (isSource) throw invalid(`the answer to ${question.id} is no secret: give it as text`);
    if (question.kind === 'text' && typeof answer !== 'string')
      throw invalid(`the answer to ${question.id} is text: put it in quotes`);
    return answer;
  }
  if (!isSource) throw literal(question.id);
  return 'env' in answer ? fromVariable(question.id, answer.env, env) : fromFile(question.id, answer.file);
}

// Neither the variable's name nor the path is repeated: somebody may have put the secret itself there.

function fromVariable(id: string, name: string, env: NodeJS.ProcessEnv): string {
  const value = env[name];
  if (value === undefined || value === '') throw invalid(`the variable that ${id} names is not set`);
  return value;
}

function fromFile(id: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    const why = thrown instanceof Error && 'code' in thrown ? ` (${thrown.code})` : '';
    throw invalid(`the file that ${id} names can't be read${why}`);
  }
}

function literal(id: string): CastkeysError {
  return invalid(`the answer to ${id} is a secret: give {"env": "VAR"} or {"file": "PATH"}`);
}

function invalid(reason: string): CastkeysError {
  return new CastkeysError(
    'answers-invalid',
    `The answers can't be used: ${reason}. Nothing was changed.`,
    'mend the answers file',
  );
}

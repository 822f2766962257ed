import type { Attempt, Putting } from './ask-prompt.ts';
import { readLine } from './line-reader.ts';
import type { Asking } from './prompts.ts';
import { labelFor, offerWords } from './question-words.ts';
import { understand } from './understand.ts';

/** Puts a question as a line of words, and reads a line for it. Nothing moves the cursor but what is typed. */
export async function askLine(asking: Asking, { keyboard, signal, output }: Putting): Promise<Attempt> {
  const { question, offered, stakes, appearance } = asking;
  const { signs, paint } = appearance;
  const offer = offerWords(question, offered);
  const word = stakes === undefined ? '' : `${paint(stakes.look, stakes.word)} `;
  const default_ = offer === undefined ? '' : paint('quiet', ` [${signs.say(offer)}]`);
  output.write(`${word}${labelFor(question)}${default_}: `);
  const typed = await readLine({
    keyboard,
    signal,
    write: text => output.write(text),
    ...(question.kind === 'secret' ? {} : { show: signs.say }),
  });
  return typed.type === 'line' ? understand(question, typed.text, offered) : typed;
}

/** A person who answers the same in a terminal, whatever the front end looks like, and the script that says the same. */
import { key, type OpenedTerminal } from '../../support/terminal.ts';

/** What somebody does with the question that is known by its words. */
export type Answer = {
  readonly id: string;
  readonly asks: string /** What has to be read first. */;
  readonly after?: string;
} & (
  | { readonly choose: string; readonly number: number; readonly value: string }
  | {
      readonly mark: string;
      readonly numbers: readonly number[];
      readonly values: readonly string[];
    }
  | { readonly type: string }
  | { readonly paste: string }
  | { readonly yes: boolean }
  | { readonly press: 'escape' | 'ctrl-c' }
);

export async function answerOnScreen(terminal: OpenedTerminal, answer: Answer): Promise<void> {
  // At the bar of the open question: answered ones stay above it.
  await terminal.waitFor(lines => lines.some(line => line.includes('┃') && line.includes(answer.asks)));
  if (answer.after !== undefined) await terminal.waitFor(answer.after);
  if ('press' in answer) return press(terminal, answer.press);
  if ('choose' in answer) {
    terminal.type(String(answer.number));
    await terminal.waitFor(`❯ ${answer.choose}`);
  } else if ('mark' in answer) {
    // All, then none, then what is wanted, whatever was marked before.
    terminal.type(`aa${answer.numbers.join('')}`);
    await terminal.waitFor(new RegExp(`\\[✓\\] ${answer.mark}`));
  } else if ('type' in answer) {
    terminal.type(`${key.ctrl('u')}${answer.type}`);
    await terminal.waitFor(answer.type);
  } else if ('paste' in answer) {
    terminal.paste(`${answer.paste}\n`);
    await terminal.waitFor('received');
  } else {
    await terminal.waitFor('❯ No');
    if (answer.yes) terminal.type(key.left);
    await terminal.waitFor(answer.yes ? '❯ Yes' : '❯ No');
  }
  terminal.type(key.enter);
}

export async function answerInLines(terminal: OpenedTerminal, answer: Answer): Promise<void> {
  // The last of that name: what was asked before stays above.
  await terminal.waitFor(lines => isOpen(lines, answer.asks));
  if (answer.after !== undefined) await terminal.waitFor(answer.after);
  if ('press' in answer) return press(terminal, answer.press);
  if ('choose' in answer) terminal.type(String(answer.number));
  else if ('mark' in answer) terminal.type(answer.numbers.join(','));
  else if ('type' in answer) terminal.type(answer.type);
  else if ('yes' in answer) terminal.type(answer.yes ? 'yes' : 'no');
  else {
    terminal.paste(`${answer.paste}\n`);
    await terminal.waitFor('received');
  }
  terminal.type(key.enter);
}

export function asScript(answer: Answer): unknown {
  if ('choose' in answer) return answer.value;
  if ('mark' in answer) return answer.values;
  if ('type' in answer) return answer.type;
  if ('yes' in answer) return answer.yes;
  return 'paste' in answer ? { env: 'PASTED' } : undefined;
}

/** Whether the latest question is this one, with the place for its answer below. */
function isOpen(lines: readonly string[], asks: string): boolean {
  const latest = lines.findLastIndex(line => line.startsWith('? '));
  const below = lines.slice(latest + 1);
  return (
    lines[latest]?.includes(asks) === true &&
    below.some(line => /(Number|Numbers, with commas|Answer|not shown\)|y or n):/.test(line))
  );
}

function press(terminal: OpenedTerminal, which: 'escape' | 'ctrl-c'): void {
  terminal.type(which === 'escape' ? key.escape : key.ctrl('c'));
}

import { styleText } from 'node:util';
import type { CheckLine } from '../flow/flow.ts';
import { table } from './profile-table.ts';

type State = CheckLine['state'];
type Style = Parameters<typeof styleText>[0];

const symbols: Readonly<Record<State, string>> = {
  pass: '✓',
  warn: '▲',
  fail: '✗',
  unknown: '○',
  skip: '–',
  measuring: '…',
};
const styles: Readonly<Record<State, Style>> = {
  pass: 'green',
  warn: 'yellow',
  fail: 'red',
  unknown: 'dim',
  skip: 'dim',
  measuring: 'dim',
};

/** Wider lines are no easier to read. */
const widest = 110;

/** The checklist as lines for a stream: state and title, the evidence wrapped beside it, and the fix where something is wrong. */
export function checklistWords(
  heading: string,
  checks: readonly CheckLine[],
  stream: NodeJS.WriteStream,
): string {
  const style = (as: Style, text: string) => styleText(as, text, { stream });
  const passed = checks.filter(({ state }) => state === 'pass').length;
  const titleWidth = Math.max(...checks.map(({ title }) => title.length));
  const indent = ' '.repeat(titleWidth + 6);
  const width = Math.max(24, Math.min(stream.columns ?? widest, widest) - indent.length);
  const lines = checks.flatMap(({ state, title, evidence, fix }) => {
    const [first = '', ...others] = wrap(evidence, width);
    const isBad = state === 'fail' || state === 'warn';
    const words = (text: string) => (isBad ? text : style('dim', text));
    return [
      `  ${style(styles[state], symbols[state])} ${state === 'pass' || isBad ? title.padEnd(titleWidth) : style('dim', title.padEnd(titleWidth))}  ${words(first)}`,
      ...others.map(line => `${indent}${words(line)}`),
      ...(fix !== undefined && state !== 'pass' ? [`${indent}→ ${style('cyan', fix)}`] : []),
    ];
  });
  return [`${style('bold', heading)}  ${passed} of ${checks.length} hold`, ...lines, ''].join('\n');
}

/** What a person does next with a profile that is set up. */
export function nextCommands(profile: string): string {
  const rows = [
    [`castkeys run --profile ${profile} -- terraform plan`, 'use the key'],
    ['castkeys status --watch', 'watch the checklist'],
    ['castkeys setup', 'set up the next environment'],
  ];
  return `Next:\n${table(rows.map(([command = '', what = '']) => [`  ${command}`, what]))}`;
}

/** Breaks a text between words into lines of at most `width`; a longer word keeps its line. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > width && line !== '') {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

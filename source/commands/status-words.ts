import { styleText } from 'node:util';
import type { CheckLine } from '../flow/flow.ts';

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

/** What a profile was chosen by. */
export const chosenByWords = {
  flag: '--profile',
  environment: 'CASTKEYS_PROFILE',
  pin: '.castkeys.json',
  active: 'the active profile',
  variables: 'keys from variables',
} as const;

/** Wider lines are no easier to read; in a narrower window than this the evidence goes below the title. */
const widest = 110;
const narrow = 80;

/** The checklist as lines for a stream: state and title, the evidence wrapped beside it, and the fix where something is wrong. */
export function checklistWords(
  heading: string,
  checks: readonly CheckLine[],
  stream: NodeJS.WriteStream,
): string {
  const style = (as: Style, text: string) => styleText(as, text, { stream });
  const columns = Math.min(stream.columns ?? widest, widest);
  const isNarrow = columns < narrow;
  const titleWidth = isNarrow ? 0 : Math.max(...checks.map(({ title }) => title.length));
  const indent = ' '.repeat(isNarrow ? 4 : titleWidth + 6);
  const lines = checks.flatMap(({ state, title, evidence, fix }) => {
    const isDim = state === 'unknown' || state === 'skip';
    const shown = isDim ? style('dim', title.padEnd(titleWidth)) : title.padEnd(titleWidth);
    const reasons = wrap(evidence, columns - indent.length).map(line => style('dim', line));
    const [beside = '', ...below] = isNarrow ? ['', ...reasons] : reasons;
    return [
      `  ${style(styles[state], symbols[state])} ${shown}${beside === '' ? '' : `  ${beside}`}`,
      ...below.map(line => `${indent}${line}`),
      ...(fix !== undefined && state !== 'pass' ? [`${indent}→ ${style('cyan', fix)}`] : []),
    ];
  });
  const holding = checks.filter(({ state }) => state === 'pass' || state === 'skip').length;
  return [`${style('bold', heading)}  ${holding} of ${checks.length} hold`, ...lines, ''].join('\n');
}

/** What a person does next with a profile that is set up. */
export function nextCommands(profile: string): string {
  return [
    'Next:',
    `  castkeys run --profile ${profile} -- terraform plan`,
    '  castkeys status --watch',
    '  castkeys setup (the next environment)',
    '',
  ].join('\n');
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

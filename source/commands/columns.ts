import { wrap } from './wrap.ts';

/** Help fits the narrowest terminal that people still use. */
export const helpWidth = 80;

/** Two columns, two spaces in; the right one is wrapped beside the left. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  const indent = ' '.repeat(width + 4);
  return rows.flatMap(([left, right]) => {
    const [first = '', ...others] = wrap(right, helpWidth - indent.length);
    return [`  ${left.padEnd(width)}  ${first}`.trimEnd(), ...others.map(line => `${indent}${line}`)];
  });
}

/** Paragraphs and lists as lines; a line that begins with a space is left as it is, one with a dash hangs. */
export function prose(...paragraphs: readonly string[]): string {
  return paragraphs
    .map(text => text.split('\n').flatMap(wrapLine).join('\n'))
    .join('\n\n')
    .concat('\n');
}

function wrapLine(line: string): readonly string[] {
  if (line.startsWith(' ')) return [line];
  const lines = wrap(line, helpWidth - 2);
  return line.startsWith('- ')
    ? lines.map((part, at) => (at === 0 ? part : `  ${part}`))
    : wrap(line, helpWidth);
}

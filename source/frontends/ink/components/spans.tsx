import { Text } from 'ink';
import { withoutControls } from '../../../printable.ts';
import { useAppearance } from '../appearance.ts';
import type { Look } from '../theme.ts';

/** A piece of a line. */
export interface Span {
  readonly as?: Look;
  readonly text: string;
}

/**
 * A line of a table, as one text: laid out as a box for each cell, forty of them cost more than a key press may. What is
 * said is measured by its length, so only ASCII and our own signs have a place here.
 */
export function Spans({ spans }: { readonly spans: readonly Span[] }) {
  const { theme, symbols } = useAppearance();
  return (
    <Text wrap="truncate-end">
      {spans.map(({ as = 'plain', text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line always has the same pieces.
        <Text key={index} {...theme[as]}>
          {withoutControls(symbols.say(text))}
        </Text>
      ))}
    </Text>
  );
}

/** Spans cut or filled to exactly that many columns. */
export function cell(columns: number, spans: readonly Span[]): readonly Span[] {
  let left = columns;
  const kept: Span[] = [];
  for (const span of spans) {
    const text = span.text.length <= left ? span.text : `${span.text.slice(0, Math.max(0, left - 1))}…`;
    if (left > 0) kept.push({ ...span, text });
    left -= text.length;
  }
  return left > 0 ? [...kept, { text: ' '.repeat(left) }] : kept;
}

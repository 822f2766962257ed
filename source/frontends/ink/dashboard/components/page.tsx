import { Box, Text } from 'ink';
import { useAppearance } from '../../appearance.ts';
import { stateLooks } from '../../components/check-item.tsx';
import { Elsewhere } from '../../components/elsewhere.tsx';
import { Words } from '../../components/words.tsx';
import type { Page } from '../state.ts';

/** What a command printed, from the line on that was scrolled to. */
export function PageText({ page, rows }: { readonly page: Page; readonly rows: number }) {
  const room = Math.max(1, rows - 2 - (page.lines.length > rows - 2 ? 1 : 0));
  const from = Math.min(page.from, Math.max(0, page.lines.length - room));
  const shown = page.lines.slice(from, from + room);
  return (
    <Box flexDirection="column">
      <Words as={page.tone === 'danger' ? 'danger' : 'strong'} cut>
        {page.title}
      </Words>
      <Box flexDirection="column" marginTop={1}>
        {shown.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing else to be known by.
          <PageLine key={from + index} line={line} />
        ))}
      </Box>
      <Elsewhere before={from} after={page.lines.length - from - shown.length} />
    </Box>
  );
}

const signs = [
  ['✓', 'pass'],
  ['▲', 'warn'],
  ['✗', 'fail'],
  ['○', 'unknown'],
  ['–', 'skip'],
] as const;

/** A line of what was printed. One that begins with a sign has that of this screen, in the colour of what it says. */
function PageLine({ line }: { readonly line: string }) {
  const { symbols } = useAppearance();
  const [, indent = '', sign = '', rest = ''] = /^(\s*)([✓▲✗○–→]) (.*)$/.exec(line) ?? [];
  const state = signs.find(([printed]) => printed === sign)?.[1];
  if (sign === '') return <Words cut>{line || ' '}</Words>;
  return (
    <Text wrap="truncate-end">
      <Words
        as={state ? stateLooks[state] : 'info'}
      >{`${indent}${state ? symbols.checks[state] : symbols.fix} `}</Words>
      <Words as={state ? 'plain' : 'info'}>{rest}</Words>
    </Text>
  );
}

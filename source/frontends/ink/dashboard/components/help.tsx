import { Box } from 'ink';
import { useAppearance } from '../../appearance.ts';
import { Words } from '../../components/words.tsx';
import type { Act } from '../board.ts';

const looking = [
  ['upDown', 'choose a profile, or a check'],
  ['enter', 'open a profile; there, mend a check'],
  ['f', 'mend what presses most'],
  ['esc', 'back to all profiles'],
  ['tab', 'the next profile'],
  ['m', 'measure now'],
  ['/', 'find a profile'],
  [':', 'everything there is, by name'],
  ['q', 'leave'],
] as const;

/** Every key and what it does. */
export function HelpOverlay(props: {
  readonly acts: readonly Act[];
  readonly columns: number;
  readonly rows: number;
}) {
  const { keys } = useAppearance().symbols;
  const names: Readonly<Record<string, string>> = keys;
  const own = looking.map(([key, what]) => [names[key] ?? key, what] as const);
  const keyed = new Map<string, string>();
  for (const { key, label, title } of props.acts) {
    if (key !== undefined && !keyed.has(key)) keyed.set(key, label ?? title);
  }
  const isWide = props.columns >= 90 || props.rows < own.length + keyed.size + 3;
  return (
    <Box flexDirection={isWide ? 'row' : 'column'} columnGap={3} rowGap={1}>
      <KeyTable title="Look" rows={own} />
      <KeyTable title="Do" rows={[...keyed]} />
    </Box>
  );
}

function KeyTable(props: { readonly title: string; readonly rows: readonly (readonly [string, string])[] }) {
  return (
    <Box flexDirection="column" flexShrink={1}>
      <Words as="strong">{props.title}</Words>
      {props.rows.map(([key, what]) => (
        <Box key={key}>
          <Box width={5} flexShrink={0}>
            <Words as="chosen">{key}</Words>
          </Box>
          <Words cut>{what}</Words>
        </Box>
      ))}
    </Box>
  );
}

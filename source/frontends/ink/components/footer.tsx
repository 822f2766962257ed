import { Box, Text } from 'ink';
import { useAppearance } from '../appearance.ts';
import { hintGap, hintsOf, type Shortcut } from '../keys.ts';
import type { Look } from '../theme.ts';
import { Words } from './words.tsx';

interface Props {
  readonly shortcuts: readonly Shortcut[];
  readonly columns: number;
  /** Said instead of the keys. */
  readonly notice?: string;
  /** How the notice is meant. Default: a warning. */
  readonly tone?: Look;
}

/** The keys that do something right now. */
export function Footer({ shortcuts, columns, notice, tone = 'warning' }: Props) {
  const { symbols } = useAppearance();
  if (notice !== undefined) {
    return (
      <Words as={tone} cut>
        {notice}
      </Words>
    );
  }
  return (
    <Box flexShrink={0} columnGap={hintGap}>
      {hintsOf(shortcuts, symbols, columns).map(({ keys, label }) => (
        <Text key={keys}>
          <Words>{keys}</Words>
          <Words as="quiet">{` ${label}`}</Words>
        </Text>
      ))}
    </Box>
  );
}

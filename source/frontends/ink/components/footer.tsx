import { Box, Text } from 'ink';
import { useAppearance } from '../appearance.ts';
import { hintGap, hintsOf, type Shortcut } from '../keys.ts';
import { Words } from './words.tsx';

interface Props {
  readonly shortcuts: readonly Shortcut[];
  readonly columns: number;
  /** Said instead of the keys. */
  readonly notice?: string;
}

/** The keys that do something right now. */
export function Footer({ shortcuts, columns, notice }: Props) {
  const { symbols } = useAppearance();
  if (notice !== undefined) return <Words as="warning">{notice}</Words>;
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

import { Box, Text } from 'ink';
import { useAppearance } from '../appearance.ts';
import { hintsOf, type Shortcut } from '../keys.ts';
import { Words } from './words.tsx';

/** The keys that do something right now. */
export function Footer(props: { readonly shortcuts: readonly Shortcut[]; readonly notice?: string }) {
  const { symbols } = useAppearance();
  const hints = hintsOf(props.shortcuts, symbols);
  return (
    <Box flexShrink={0} columnGap={3}>
      {props.notice === undefined ? (
        hints.map(({ keys, label }) => (
          <Text key={keys}>
            <Words>{keys}</Words>
            <Words as="quiet">{` ${label}`}</Words>
          </Text>
        ))
      ) : (
        <Words as="warning">{props.notice}</Words>
      )}
    </Box>
  );
}

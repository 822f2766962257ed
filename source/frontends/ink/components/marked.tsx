import { Box } from 'ink';
import type { ReactNode } from 'react';

/** Something with a mark before it; what wraps stays clear of the mark. */
export function Marked(props: { readonly mark: ReactNode; readonly children: ReactNode }) {
  return (
    <Box flexShrink={0}>
      <Box width={2} flexShrink={0}>
        {props.mark}
      </Box>
      <Box flexDirection="column" flexGrow={1} flexShrink={1}>
        {props.children}
      </Box>
    </Box>
  );
}

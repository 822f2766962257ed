import { Box } from 'ink';
import type { ReactNode } from 'react';
import { useAppearance } from '../appearance.ts';

/** What stands to the right of the conversation, behind a faint line. */
export function SidePane(props: { readonly width: number; readonly children: ReactNode }) {
  const { symbols } = useAppearance();
  return (
    <Box
      width={props.width}
      flexShrink={0}
      flexDirection="column"
      borderStyle={symbols.divider}
      borderTop={false}
      borderRight={false}
      borderBottom={false}
      borderDimColor
      marginLeft={2}
      paddingLeft={2}
    >
      {props.children}
    </Box>
  );
}

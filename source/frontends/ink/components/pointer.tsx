import { Box } from 'ink';
import { useAppearance } from '../appearance.ts';
import { Words } from './words.tsx';

/** The mark before what is chosen or typed; a blank of the same width elsewhere. */
export function Pointer({ here }: { readonly here: boolean }) {
  const { symbols } = useAppearance();
  return (
    <Box width={2} flexShrink={0}>
      <Words as="chosen">{here ? symbols.pointer : ' '}</Words>
    </Box>
  );
}

import { Box } from 'ink';
import { useAppearance } from '../appearance.ts';
import { Words } from './words.tsx';

/** The commands worth typing next, each once. */
export function NextCommands({ commands }: { readonly commands: readonly string[] }) {
  const { symbols } = useAppearance();
  return (
    <Box flexDirection="column" flexShrink={0}>
      {[...new Set(commands)].map(command => (
        <Box key={command} flexShrink={0}>
          <Words as="info" cut>
            {`${symbols.fix} ${command}`}
          </Words>
        </Box>
      ))}
    </Box>
  );
}

import { Box } from 'ink';
import { useAppearance } from '../appearance.ts';
import { Words } from './words.tsx';

/** The commands worth typing next, each once, in that many rows. */
export function NextCommands(props: { readonly commands: readonly string[]; readonly rows: number }) {
  const { symbols } = useAppearance();
  return (
    <Box flexDirection="column" flexShrink={0}>
      {[...new Set(props.commands)].slice(0, props.rows).map(command => (
        <Words key={command} as="info" cut>
          {`${symbols.fix} ${command}`}
        </Words>
      ))}
    </Box>
  );
}

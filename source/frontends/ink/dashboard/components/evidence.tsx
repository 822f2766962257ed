import { Box } from 'ink';
import type { CheckLine } from '../../../../flow/flow.ts';
import { CheckItem } from '../../components/check-item.tsx';

/** A check with everything that is known of it. */
export function Evidence({ check }: { readonly check: CheckLine | undefined }) {
  if (!check) return null;
  return (
    <Box flexShrink={0}>
      <CheckItem row={{ check, detailed: true }} />
    </Box>
  );
}

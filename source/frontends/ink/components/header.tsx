import { Box, Text } from 'ink';
import type { Badge } from '../../../flow/flow.ts';
import { useAppearance } from '../appearance.ts';
import { ProfileBadge } from './profile-badge.tsx';
import { Words } from './words.tsx';

/** Below, a title would leave the badge no room. */
const narrow = 64;

/** Who speaks, what about, and where it would happen: production is seen from across the room. */
export function Header(props: { readonly title: string; readonly badge: Badge; readonly width: number }) {
  const { symbols } = useAppearance();
  const isProduction = props.badge.environment === 'production';
  const rule = isProduction ? symbols.rule.heavy : symbols.rule.light;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Box columnGap={2}>
        <Box flexShrink={0}>
          <Wordmark />
        </Box>
        <Box flexGrow={1} flexShrink={1000}>
          {props.width < narrow ? null : (
            <Words as="quiet" cut>
              {props.title}
            </Words>
          )}
        </Box>
        <ProfileBadge badge={props.badge} />
      </Box>
      <Words as={isProduction ? 'danger' : 'quiet'}>{rule.repeat(props.width)}</Words>
    </Box>
  );
}

function Wordmark() {
  return (
    <Text>
      <Words as="strong">cast</Words>
      <Words as="chosen">keys</Words>
    </Text>
  );
}

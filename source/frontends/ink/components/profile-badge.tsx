import { Box } from 'ink';
import type { Badge } from '../../../flow/flow.ts';
import { useAppearance } from '../appearance.ts';
import type { Look } from '../theme.ts';
import { Words } from './words.tsx';

const looks: Readonly<Record<string, Look>> = {
  development: 'success',
  staging: 'warning',
};

/** Region and store, whether this is only practice, and the profile in the colour of its environment. */
export function ProfileBadge({ badge }: { readonly badge: Badge }) {
  const { symbols } = useAppearance();
  const { profile, environment = '' } = badge;
  const where = [badge.practice ? undefined : badge.region, badge.store].filter(part => part !== undefined);
  return (
    <Box columnGap={2} flexShrink={1}>
      {where.length > 0 ? (
        <Box flexShrink={100}>
          <Words as="quiet" cut>
            {where.join(` ${symbols.between} `)}
          </Words>
        </Box>
      ) : null}
      {badge.practice ? (
        <Box flexShrink={0}>
          <Words as="practice">PRACTICE</Words>
        </Box>
      ) : null}
      {environment === 'production' ? (
        <Production name={profile} />
      ) : profile === undefined ? null : (
        <Words as={looks[environment] ?? 'info'} cut>
          {`${symbols.dot} ${profile}`}
        </Words>
      )}
    </Box>
  );
}

/** A name gives way where there is no room; the word never does. */
function Production({ name = 'production' }: { readonly name: string | undefined }) {
  return (
    <Box columnGap={1} flexShrink={1}>
      {name === 'production' ? null : (
        <Words as="danger" cut>
          {name}
        </Words>
      )}
      <Box flexShrink={0}>
        <Words as="production">{' PRODUCTION '}</Words>
      </Box>
    </Box>
  );
}

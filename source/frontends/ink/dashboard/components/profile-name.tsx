import { Box } from 'ink';
import { useAppearance } from '../../appearance.ts';
import { Words } from '../../components/words.tsx';
import type { Look } from '../../theme.ts';
import type { BoardProfile } from '../board.ts';

const looks: Readonly<Record<string, Look>> = {
  development: 'success',
  staging: 'warning',
  production: 'danger',
};

/** A profile in the colour of its environment. Production has the word itself behind it, and practice says so. */
export function ProfileName(props: { readonly profile: BoardProfile; readonly isChosen: boolean }) {
  const { symbols } = useAppearance();
  const { name, environment, practice, usedBecause } = props.profile;
  const isProduction = environment === 'production';
  return (
    <Box columnGap={1} flexShrink={1}>
      <Box flexShrink={0}>
        <Words as={looks[environment] ?? 'info'}>{symbols.dot}</Words>
      </Box>
      {isProduction && name === 'production' ? null : (
        <Box flexShrink={1}>
          <Words as={props.isChosen ? 'strong' : isProduction ? 'danger' : 'plain'} cut>
            {name}
          </Words>
        </Box>
      )}
      {isProduction ? (
        <Box flexShrink={0}>
          <Words as="production">{name === 'production' ? ' PRODUCTION ' : ' PROD '}</Words>
        </Box>
      ) : null}
      {usedBecause === undefined ? null : (
        <Box flexShrink={0}>
          <Words as="accent">{symbols.active}</Words>
        </Box>
      )}
      {practice ? (
        <Box flexShrink={100}>
          <Words as="practice" cut>
            practice
          </Words>
        </Box>
      ) : null}
    </Box>
  );
}

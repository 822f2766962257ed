import { Text } from 'ink';
import { useAppearance } from '../../appearance.ts';
import { holding } from '../../check-rows.ts';
import { stateLooks } from '../../components/check-item.tsx';
import { Words } from '../../components/words.tsx';
import type { BoardProfile } from '../board.ts';

/** How many checks hold, and how many of the others fail and warn. */
export function CheckCounts({ profile }: { readonly profile: BoardProfile }) {
  const { symbols } = useAppearance();
  const { checks } = profile;
  const count = (state: 'fail' | 'warn') => checks.filter(check => check.state === state).length;
  const holds = holding(checks);
  if (profile.measuredAt === undefined && count('fail') + count('warn') === 0)
    return <Words as="quiet">measuring</Words>;
  if (holds === checks.length) return <Words as="success">{`${symbols.checks.pass} ready`}</Words>;
  return (
    <Text wrap="truncate-end">
      <Words as="quiet">{`${holds}/${checks.length}`}</Words>
      {(['fail', 'warn'] as const).map(state =>
        count(state) === 0 ? null : (
          <Words key={state} as={stateLooks[state]}>{` ${symbols.checks[state]}${count(state)}`}</Words>
        ),
      )}
    </Text>
  );
}

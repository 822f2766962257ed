import { Box, Text } from 'ink';
import { memo } from 'react';
import type { CheckLine } from '../../../flow/flow.ts';
import { useAppearance } from '../appearance.ts';
import { inOrder, troubling } from '../check-rows.ts';
import { StateMark, stateLooks } from './check-item.tsx';
import { HoldCount } from './standing.tsx';
import { Words } from './words.tsx';

interface Props {
  readonly checks: readonly CheckLine[];
  readonly columns: number;
}

/** The checklist on one line: a sign for each check, how many hold, and the names of those that don't. */
export const CheckStrip = memo(function CheckStrip(props: Props) {
  const { symbols } = useAppearance();
  const troubled = props.checks.filter(({ state }) => troubling.includes(state));
  return (
    <Box flexShrink={0} columnGap={2}>
      <Box flexShrink={0} columnGap={props.columns < 70 ? 0 : 1}>
        {inOrder(props.checks).map(check => (
          <StateMark key={check.id} state={check.state} />
        ))}
      </Box>
      <Box flexShrink={0}>
        <HoldCount checks={props.checks} />
      </Box>
      <Text wrap="truncate-end">
        {troubled.map(({ id, state }, index) => (
          <Words key={id} as={stateLooks[state]}>
            {`${index === 0 ? '' : '  '}${symbols.checks[state === 'fail' ? 'fail' : 'warn']} ${id}`}
          </Words>
        ))}
      </Text>
    </Box>
  );
});

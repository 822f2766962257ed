import { Box, Text } from 'ink';
import type { CheckLine } from '../../../flow/flow.ts';
import { useAppearance } from '../appearance.ts';
import { holding } from '../check-rows.ts';
import type { Look } from '../theme.ts';
import { stateLooks } from './check-item.tsx';
import { Words } from './words.tsx';

type Checks = readonly CheckLine[];

/** How the checklist stands: how many hold, and a piece of a bar for each in the colour of its state. */
export function Standing(props: {
  readonly checks: Checks;
  readonly columns: number;
  readonly title?: string;
  readonly look?: Look;
}) {
  const { checks, columns, title = 'Checklist', look = 'strong' } = props;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Box justifyContent="space-between" width={columns}>
        <Words as={look}>{title}</Words>
        <HoldCount checks={checks} />
      </Box>
      <Bar checks={checks} columns={columns} />
    </Box>
  );
}

/** Pieces of one length: what is left over stays blank. */
function Bar({ checks, columns }: { readonly checks: Checks; readonly columns: number }) {
  const { rule } = useAppearance().symbols;
  const length = Math.max(1, Math.floor((columns + 1) / checks.length) - 1);
  return (
    <Text wrap="truncate-end">
      {checks.map(({ id, state }, index) => {
        const line = state === 'unknown' || state === 'measuring' ? rule.light : rule.heavy;
        const piece = `${index === 0 ? '' : ' '}${line.repeat(length)}`;
        return (
          <Words key={id} as={stateLooks[state]}>
            {piece}
          </Words>
        );
      })}
    </Text>
  );
}

export function HoldCount({ checks }: { readonly checks: Checks }) {
  return (
    <Text>
      <Words as="strong">{String(holding(checks))}</Words>
      <Words as="quiet">{` of ${checks.length} hold`}</Words>
    </Text>
  );
}

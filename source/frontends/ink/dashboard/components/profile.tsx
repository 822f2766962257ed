import { Box } from 'ink';
import type { CheckLine } from '../../../../flow/flow.ts';
import { type CheckRow, detailRows, everything, fitChecks } from '../../check-rows.ts';
import { CheckItem } from '../../components/check-item.tsx';
import { Elsewhere } from '../../components/elsewhere.tsx';
import { Pointer } from '../../components/pointer.tsx';
import { Standing } from '../../components/standing.tsx';
import { verdictOf } from '../../components/verdict.ts';
import type { Layout } from '../../layout.ts';
import type { BoardProfile } from '../board.ts';
import { partAround } from '../part-around.ts';
import { KeyLines, keyRows } from './key-lines.tsx';

interface Props {
  readonly profile: BoardProfile;
  readonly check: CheckLine | undefined;
  readonly layout: Layout;
}

/** One profile: its keys, and every check, the one that is looked at with its evidence and what mends it. */
export function ProfilePlace({ profile, check, layout }: Props) {
  const gap = layout.roomy ? 1 : 0;
  const rows = layout.bodyRows - keyRows(profile) - 2 - 2 * gap;
  return (
    <Box flexDirection="column" flexGrow={1} rowGap={gap}>
      <KeyLines profile={profile} columns={layout.width} />
      <Standing checks={profile.checks} columns={layout.width} {...verdictOf(profile)} />
      <Checks checks={profile.checks} here={check} columns={layout.width} rows={rows} />
    </Box>
  );
}

function Checks(props: {
  readonly checks: readonly CheckLine[];
  readonly here: CheckLine | undefined;
  readonly columns: number;
  readonly rows: number;
}) {
  const { checks, here, rows } = props;
  const columns = props.columns - 4;
  const own = here ? detailRows(here, columns) : 0;
  const shown = fitChecks(checks, { columns, rows: rows - own }, everything).map(
    (row): CheckRow => (row.check.id === here?.id ? { ...row, detailed: true } : row),
  );
  const heights = shown.map(row => 1 + (row.detailed ? detailRows(row.check, columns) : 0));
  const at = shown.findIndex(row => row.check.id === here?.id);
  const { from, to } = partAround(heights, Math.max(0, at), rows);
  return (
    <Box flexDirection="column">
      {shown.slice(from, to).map(row => (
        <Box key={row.check.id} flexShrink={0}>
          <Pointer here={row.check.id === here?.id} />
          <Box flexGrow={1} flexShrink={1} flexDirection="column">
            <CheckItem row={row} />
          </Box>
        </Box>
      ))}
      <Elsewhere before={from} after={shown.length - to} />
    </Box>
  );
}

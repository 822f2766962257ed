import { Box } from 'ink';
import { memo } from 'react';
import type { CheckLine } from '../../../../flow/flow.ts';
import { everything, fitChecks, troubling } from '../../check-rows.ts';
import { CheckItem } from '../../components/check-item.tsx';
import { CheckStrip } from '../../components/check-strip.tsx';

interface Props {
  readonly checks: readonly CheckLine[];
  readonly columns: number;
  readonly rows: number;
}

/** The checks in a window that is narrow or low: one line for all, and then what presses most, as far as there is room. */
export const LowGlance = memo(function LowGlance({ checks, columns, rows }: Props) {
  const pressing = checks.toSorted((a, b) => everything.indexOf(a.state) - everything.indexOf(b.state));
  const troubled = pressing.filter(({ state }) => troubling.includes(state));
  const others = pressing.filter(({ state }) => !troubling.includes(state));
  const room = { columns: columns - 2, rows: rows - 1 };
  return (
    <Box flexDirection="column">
      <CheckStrip checks={checks} columns={columns} />
      <Box flexDirection="column" maxHeight={room.rows} overflow="hidden">
        {[...fitChecks(troubled, room), ...others.map(check => ({ check, detailed: false }))].map(row => (
          <CheckItem key={row.check.id} row={row} />
        ))}
      </Box>
    </Box>
  );
});

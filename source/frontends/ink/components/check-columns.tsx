import { Box } from 'ink';
import type { CheckRow } from '../check-rows.ts';
import { CheckItem } from './check-item.tsx';

const gap = 3;

/** How wide a column of {@link CheckColumns} is. */
export function columnWidth(columns: number): number {
  return Math.floor((columns - gap) / 2);
}

/** Checks in two columns, down the first and then down the second. */
export function CheckColumns({
  rows,
  columns,
}: {
  readonly rows: readonly CheckRow[];
  readonly columns: number;
}) {
  const half = Math.ceil(rows.length / 2);
  return (
    <Box columnGap={gap} flexShrink={0}>
      {[rows.slice(0, half), rows.slice(half)].map((column, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: there are always two columns.
        <Box key={index} flexDirection="column" width={columnWidth(columns)}>
          {column.map(row => (
            <CheckItem key={row.check.id} row={row} />
          ))}
        </Box>
      ))}
    </Box>
  );
}

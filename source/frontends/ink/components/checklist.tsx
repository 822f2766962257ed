import { Box } from 'ink';
import { memo } from 'react';
import type { CheckLine } from '../../../flow/flow.ts';
import { fitChecks, troubling } from '../check-rows.ts';
import { CheckColumns, columnWidth } from './check-columns.tsx';
import { CheckItem } from './check-item.tsx';
import { Standing } from './standing.tsx';

interface Props {
  readonly checks: readonly CheckLine[];
  /** What it may take. */
  readonly columns: number;
  readonly rows: number;
  /** Default: what a checklist is called. */
  readonly title?: string;
}

/** The live checklist as a list of its own, one check below the other. */
export const Checklist = memo(function Checklist({ checks, columns, rows }: Props) {
  const room = { columns: columns - 2, rows: rows - 3 };
  return (
    <Box flexDirection="column" flexShrink={1} rowGap={1} overflow="hidden" width={columns}>
      <Standing checks={checks} columns={columns} />
      <Box flexDirection="column">
        {fitChecks(checks, room, [...troubling, 'pass', 'skip']).map(row => (
          <CheckItem key={row.check.id} row={row} />
        ))}
      </Box>
    </Box>
  );
});

/** The same in two columns, for below the conversation; `rows` are those beyond one for each check. */
export const LowChecklist = memo(function LowChecklist({ checks, columns, rows, title }: Props) {
  const room = { columns: columnWidth(columns) - 2, rows: checks.length + rows };
  return (
    <Box flexDirection="column" flexShrink={0} rowGap={1}>
      <Standing checks={checks} columns={columns} {...(title === undefined ? {} : { title })} />
      <CheckColumns rows={fitChecks(checks, room)} columns={columns} />
    </Box>
  );
});

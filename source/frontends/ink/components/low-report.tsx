import { Box } from 'ink';
import { fitChecks, inOrder, troubling } from '../check-rows.ts';
import type { Layout } from '../layout.ts';
import type { WatchReport } from '../watch-report.ts';
import { CheckColumns } from './check-columns.tsx';
import { CheckItem } from './check-item.tsx';
import { NextCommands } from './next-commands.tsx';
import { Standing } from './standing.tsx';
import { verdictOf } from './verdict.ts';

/** The report of a window that isn't wide: what doesn't hold with its evidence, then the rest in two columns. */
export function LowReport({ report, layout }: { readonly report: WatchReport; readonly layout: Layout }) {
  const { width, bodyRows, roomy } = layout;
  const troubled = report.checks.filter(({ state }) => troubling.includes(state));
  const others = inOrder(report.checks).filter(({ state }) => !troubling.includes(state));
  const gap = roomy ? 1 : 0;
  const rows = bodyRows - 2 - 2 * gap - Math.ceil(others.length / 2);
  return (
    <Box flexDirection="column" flexGrow={1} rowGap={gap}>
      <Standing checks={report.checks} columns={width} {...verdictOf(report)} />
      {troubled.length > 0 ? (
        <Box flexDirection="column" flexShrink={1} overflow="hidden">
          {fitChecks(troubled, { columns: width - 2, rows }).map(row => (
            <CheckItem key={row.check.id} row={row} />
          ))}
        </Box>
      ) : null}
      <CheckColumns rows={others.map(check => ({ check, detailed: false }))} columns={width} />
      <Box flexShrink={1000} overflow="hidden">
        <NextCommands commands={report.next} rows={3} />
      </Box>
    </Box>
  );
}

import { Box } from 'ink';
import { type CheckRow, everything, fitChecks, inOrder, troubling } from '../check-rows.ts';
import type { Layout } from '../layout.ts';
import type { WatchReport } from '../watch-report.ts';
import { CheckColumns } from './check-columns.tsx';
import { CheckItem } from './check-item.tsx';
import { NextCommands } from './next-commands.tsx';
import { Standing } from './standing.tsx';
import { verdictOf } from './verdict.ts';

/**
 * The report of a window that isn't wide: every check with its evidence where there is room for all, else what
 * doesn't hold with its evidence, and the rest in two columns.
 */
export function LowReport({ report, layout }: { readonly report: WatchReport; readonly layout: Layout }) {
  const { width, bodyRows, roomy } = layout;
  const gap = roomy ? 1 : 0;
  const troubled = report.checks.filter(({ state }) => troubling.includes(state));
  const others = inOrder(report.checks).filter(({ state }) => !troubling.includes(state));
  const fixes = new Set(troubled.map(({ fix }) => fix));
  const next = report.next.filter(command => !fixes.has(command)).slice(0, 3);
  const room = { columns: width - 2, rows: bodyRows - 2 - 2 * gap };
  const whole = fitChecks(report.checks, { ...room, rows: room.rows - next.length }, everything);
  const fitsWhole = whole.every(({ detailed }) => detailed);
  const besideOthers = { ...room, rows: room.rows - Math.ceil(others.length / 2) };
  return (
    <Box flexDirection="column" flexGrow={1} rowGap={gap}>
      <Standing checks={report.checks} columns={width} {...verdictOf(report)} />
      <Items rows={fitsWhole ? whole : fitChecks(troubled, besideOthers)} limit={bodyRows - 2 - gap} />
      {fitsWhole ? null : (
        <Box flexShrink={1} overflow="hidden">
          <CheckColumns rows={others.map(check => ({ check, detailed: false }))} columns={width} />
        </Box>
      )}
      <Box flexShrink={1} overflow="hidden">
        <NextCommands commands={next} />
      </Box>
    </Box>
  );
}

function Items({ rows, limit }: { readonly rows: readonly CheckRow[]; readonly limit: number }) {
  if (rows.length === 0) return null;
  return (
    <Box flexDirection="column" flexShrink={0} maxHeight={limit} overflow="hidden">
      {rows.map(row => (
        <CheckItem key={row.check.id} row={row} />
      ))}
    </Box>
  );
}

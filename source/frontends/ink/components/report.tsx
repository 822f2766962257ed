import { Box } from 'ink';
import { everything, fitChecks } from '../check-rows.ts';
import type { Layout } from '../layout.ts';
import type { WatchReport } from '../watch-report.ts';
import { CheckItem } from './check-item.tsx';
import { LowReport } from './low-report.tsx';
import { NextCommands } from './next-commands.tsx';
import { SidePane } from './side-pane.tsx';
import { Standing } from './standing.tsx';
import { verdictOf } from './verdict.ts';

interface Props {
  readonly report: WatchReport;
  readonly layout: Layout;
}

/** A measured checklist: every check with its evidence, as far as there is room, and what to do next. */
export function Report({ report, layout }: Props) {
  if (layout.checklist !== 'beside') return <LowReport report={report} layout={layout} />;
  const columns = layout.width - layout.pane.columns - 5;
  const room = { columns: columns - 2, rows: layout.bodyRows };
  return (
    <>
      <Box flexDirection="column" width={columns} flexShrink={0}>
        {fitChecks(report.checks, room, everything).map(row => (
          <CheckItem key={row.check.id} row={row} />
        ))}
      </Box>
      <SidePane width={layout.pane.columns + 3}>
        <Standing checks={report.checks} columns={layout.pane.columns} {...verdictOf(report)} />
        <Box marginTop={1}>
          <NextCommands commands={report.next} />
        </Box>
      </SidePane>
    </>
  );
}

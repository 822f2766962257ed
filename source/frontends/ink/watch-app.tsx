import { Box } from 'ink';
import { useSyncExternalStore } from 'react';
import { Footer } from './components/footer.tsx';
import { Header } from './components/header.tsx';
import { Report } from './components/report.tsx';
import { Spinner } from './components/spinner.tsx';
import { Words } from './components/words.tsx';
import { watchKeys } from './keys.ts';
import { layoutFor } from './layout.ts';
import type { LatestReport, WatchReport } from './watch-report.ts';
import { useWindow } from './window-size.ts';

/** The whole screen of the live checklist. */
export function WatchApp(props: { readonly latest: LatestReport; readonly canMeasure: boolean }) {
  const report = useSyncExternalStore(props.latest.watch, props.latest.report);
  const layout = layoutFor(useWindow());
  const gap = layout.roomy ? 1 : 0;
  return (
    <Box
      flexDirection="column"
      marginLeft={layout.margin}
      paddingTop={gap}
      width={layout.width}
      height={layout.height}
    >
      <Header title="Checklist" badge={report ?? {}} width={layout.width} />
      <Box flexGrow={1} flexShrink={1} marginTop={gap} overflow="hidden">
        {report ? <Report report={report} layout={layout} /> : <Spinner />}
      </Box>
      <Box marginTop={1} flexShrink={0} justifyContent="space-between">
        <Footer
          shortcuts={watchKeys.filter(({ action }) => props.canMeasure || action !== 'measure')}
          columns={layout.width}
        />
        {report ? <Words as="quiet">{measured(report, layout.width)}</Words> : null}
      </Box>
    </Box>
  );
}

/** When, and why this profile; in a narrow window only when. */
function measured({ measuredAt, chosenBy }: WatchReport, columns: number): string {
  const time = `${measuredAt.slice(11, 19)} UTC`;
  return columns < 64 ? time : `${chosenBy}, measured at ${time}`;
}

import { Box } from 'ink';
import { useSyncExternalStore } from 'react';
import { currentBadge, type View } from '../../flow/flow.ts';
import { CheckStrip } from './components/check-strip.tsx';
import { Checklist, LowChecklist } from './components/checklist.tsx';
import { Conversation } from './components/conversation.tsx';
import { Footer } from './components/footer.tsx';
import { Header } from './components/header.tsx';
import { Question } from './components/question.tsx';
import { SidePane } from './components/side-pane.tsx';
import { LowTimeline, Timeline } from './components/timeline.tsx';
import { shortcutsFor } from './keys.ts';
import { layoutFor } from './layout.ts';
import type { Store } from './store.ts';
import { useWindow } from './window-size.ts';

/** The whole screen of a wizard, drawn from the store. */
export function App({ store }: { readonly store: Store }) {
  const { view, input, cancelling } = useSyncExternalStore(store.watch, store.screen);
  const layout = layoutFor(useWindow());
  const gap = layout.roomy ? 1 : 0;
  const { question: open, checks, timeline } = view;
  const checklist = checks.length === 0 || timeline ? 'none' : layout.checklist;
  const isBeside = layout.checklist === 'beside';
  const lowRows = open ? 5 : Math.max(7, layout.bodyRows - 7);
  return (
    <Box
      flexDirection="column"
      marginLeft={layout.margin}
      paddingTop={gap}
      width={layout.width}
      height={layout.height}
    >
      <Header title={view.title} badge={currentBadge(view)} width={layout.width} />
      {checklist === 'strip' ? <CheckStrip checks={checks} columns={layout.width} /> : null}
      <Box flexGrow={1} flexShrink={1} marginTop={gap} overflow="hidden">
        <Box flexDirection="column" flexGrow={1} flexShrink={1} rowGap={1}>
          {timeline && !isBeside ? (
            <LowTimeline timeline={timeline} columns={layout.width} rows={lowRows} />
          ) : null}
          <Conversation lines={view.lines} />
          {open && input ? (
            <Question open={open} input={input} roomy={layout.roomy} rows={layout.questionRows} />
          ) : null}
        </Box>
        {checklist === 'beside' ? (
          <SidePane width={layout.pane.columns + 3}>
            <Checklist checks={checks} {...layout.pane} />
          </SidePane>
        ) : null}
        {timeline && isBeside ? (
          <SidePane width={layout.pane.columns + 3}>
            <Timeline timeline={timeline} {...layout.pane} />
          </SidePane>
        ) : null}
      </Box>
      {checklist === 'below' ? <LowChecklist checks={checks} {...layout.pane} /> : null}
      <Box marginTop={1} flexShrink={0}>
        <Footer
          shortcuts={shortcutsFor(open)}
          columns={layout.width}
          {...(cancelling ? { notice: noticeOf(timeline) } : {})}
        />
      </Box>
    </Box>
  );
}

/** What has a timeline is gone on with later; anything else is taken back. */
const noticeOf = (timeline: View['timeline']): string =>
  timeline ? `Ending. This leaves ${timeline.leaves}.` : 'Cancelling. What was done is being taken back.';

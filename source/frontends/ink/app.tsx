import { Box } from 'ink';
import { useSyncExternalStore } from 'react';
import { currentBadge } from '../../flow/flow.ts';
import { CheckStrip } from './components/check-strip.tsx';
import { Checklist, LowChecklist } from './components/checklist.tsx';
import { Conversation } from './components/conversation.tsx';
import { Footer } from './components/footer.tsx';
import { Header } from './components/header.tsx';
import { Question } from './components/question.tsx';
import { SidePane } from './components/side-pane.tsx';
import { shortcutsFor } from './keys.ts';
import { layoutFor } from './layout.ts';
import type { Store } from './store.ts';
import { useWindow } from './window-size.ts';

/** The whole screen of a wizard, drawn from the store. */
export function App({ store }: { readonly store: Store }) {
  const { view, input, cancelling } = useSyncExternalStore(store.watch, store.screen);
  const layout = layoutFor(useWindow());
  const gap = layout.roomy ? 1 : 0;
  const { question: open, checks } = view;
  const checklist = checks.length === 0 ? 'none' : layout.checklist;
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
      </Box>
      {checklist === 'below' ? <LowChecklist checks={checks} {...layout.pane} /> : null}
      <Box marginTop={1} flexShrink={0}>
        <Footer
          shortcuts={shortcutsFor(open)}
          columns={layout.width}
          {...(cancelling ? { notice: 'Cancelling. What was done is being taken back.' } : {})}
        />
      </Box>
    </Box>
  );
}

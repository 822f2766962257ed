import { Box } from 'ink';
import { useSyncExternalStore } from 'react';
import { App } from '../app.tsx';
import { Footer } from '../components/footer.tsx';
import { Header } from '../components/header.tsx';
import { Spinner } from '../components/spinner.tsx';
import { Words } from '../components/words.tsx';
import { type Layout, layoutFor } from '../layout.ts';
import { useWindow } from '../window-size.ts';
import { BoardPlace } from './components/board.tsx';
import { HelpOverlay } from './components/help.tsx';
import { PageText } from './components/page.tsx';
import { PaletteList } from './components/palette.tsx';
import { ProfilePlace } from './components/profile.tsx';
import type { DashboardStore } from './dashboard-store.ts';
import { shortcutsNow, titleNow } from './now-on-screen.ts';
import { type DashboardState, offersOf, selectedCheck, selectedProfile } from './state.ts';

/** The whole screen of the dashboard, or of the wizard that was started from it. */
export function DashboardApp({ store }: { readonly store: DashboardStore }) {
  const state = useSyncExternalStore(store.watch, store.state);
  const layout = layoutFor(useWindow());
  if (state.flow && !state.page) return <App store={state.flow} />;
  const gap = layout.roomy ? 1 : 0;
  const profile = selectedProfile(state);
  const { notice } = state;
  return (
    <Box
      flexDirection="column"
      marginLeft={layout.margin}
      paddingTop={gap}
      width={layout.width}
      height={layout.height}
    >
      <Header
        title={titleNow(state)}
        badge={profile ? { ...profile, profile: profile.name, store: state.board.store } : {}}
        width={layout.width}
      />
      <Box flexGrow={1} flexShrink={1} marginTop={gap} overflow="hidden">
        <Body store={store} state={state} layout={layout} />
      </Box>
      <Box marginTop={1} flexShrink={0} justifyContent="space-between">
        <Footer
          shortcuts={shortcutsNow(state, store.acts())}
          columns={layout.width}
          {...(notice ? { notice: notice.text, tone: notice.tone } : {})}
        />
      </Box>
    </Box>
  );
}

function Body(props: {
  readonly store: DashboardStore;
  readonly state: DashboardState;
  readonly layout: Layout;
}) {
  const { state, store, layout } = props;
  const { overlay, page, running } = state;
  const profile = selectedProfile(state);
  if (page) return <PageText page={page} rows={layout.bodyRows} />;
  if (running !== undefined) return <Running command={running} />;
  if (overlay?.kind === 'help')
    return <HelpOverlay acts={store.acts()} columns={layout.width} rows={layout.bodyRows} />;
  if (overlay?.kind === 'palette') {
    const offers = offersOf(state, store.acts(), overlay);
    return <PaletteList palette={overlay} offers={offers} rows={layout.bodyRows} />;
  }
  if (!profile) return <Words as="quiet">There is no profile yet. s sets one up.</Words>;
  if (state.place === 'profile')
    return <ProfilePlace profile={profile} check={selectedCheck(state)} layout={layout} />;
  return <BoardPlace profiles={state.board.profiles} profile={profile} layout={layout} />;
}

function Running({ command }: { readonly command: string }) {
  return (
    <Box columnGap={1}>
      <Spinner />
      <Words>{`castkeys ${command}`}</Words>
    </Box>
  );
}

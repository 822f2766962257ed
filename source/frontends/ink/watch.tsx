import { openFullScreen, type Terminal } from './full-screen.tsx';
import { actionOf, watchKeys } from './keys.ts';
import { WatchApp } from './watch-app.tsx';
import { LatestReport, type WatchReport } from './watch-report.ts';

export interface WatchOptions extends Terminal {
  /** The person wants to leave (q, Esc, Ctrl+C), or the screen can't be drawn any more. */
  readonly onCancel: () => void;
  /** The person wants it measured now; without it the key isn't offered. */
  readonly onMeasure?: () => void;
}

export interface WatchSession {
  readonly show: (report: WatchReport) => void;
  /** Gives the terminal back as it was; resolves when everything is written. */
  readonly close: () => Promise<void>;
}

/** Takes the terminal for a live checklist, until it is closed. */
export function openWatch(options: WatchOptions): WatchSession {
  const latest = new LatestReport();
  const { onCancel, onMeasure } = options;
  const close = openFullScreen({
    ...options,
    content: <WatchApp latest={latest} canMeasure={onMeasure !== undefined} />,
    onKeys: keys => {
      const actions = keys.map(key => actionOf(watchKeys, key));
      if (actions.includes('leave')) onCancel();
      else if (actions.includes('measure')) onMeasure?.();
    },
    onInterrupt: onCancel,
    onBroken: onCancel,
  });
  return { show: report => latest.show(report), close };
}

import type { CheckLine } from '../../flow/flow.ts';

/** The checklist of a profile as it was measured at one moment. */
export interface WatchReport {
  readonly profile: string;
  readonly environment: string;
  readonly region: string;
  readonly store?: string;
  readonly practice: boolean;
  /** Why this profile, as `chosen by …`. */
  readonly chosenBy: string;
  /** ISO 8601, UTC. */
  readonly measuredAt: string;
  readonly ready: boolean;
  readonly checks: readonly CheckLine[];
  /** The commands worth typing next, the most pressing first. */
  readonly next: readonly string[];
}

/** The latest report, for React to watch. */
export class LatestReport {
  #report: WatchReport | undefined;
  readonly #watchers = new Set<() => void>();

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly report = (): WatchReport | undefined => this.#report;

  show(report: WatchReport): void {
    this.#report = report;
    for (const watcher of this.#watchers) watcher();
  }
}

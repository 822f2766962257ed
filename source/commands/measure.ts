import {
  type CheckResult,
  checkTitles,
  enterChanges,
  measureProfileIn,
  type StatusReport,
} from '../checklist/checklist.ts';
import type { CheckLine } from '../flow/flow.ts';
import type { ChosenProfile, Config } from '../profiles/profiles.ts';
import type { Call } from './command.ts';
import type { Session } from './session.ts';

export type { StatusReport } from '../checklist/checklist.ts';

export interface MeasureRequest {
  readonly chosen: ChosenProfile;
  readonly config: Config;
  readonly offline?: boolean;
  readonly only?: readonly string[];
  readonly onResult?: (result: CheckResult) => void;
  readonly keysFromVariables?: boolean;
}

/** Measures a profile's checklist now; what has gone red since is entered in the audit log. */
export async function measureProfile(
  call: Call,
  session: Session,
  request: MeasureRequest,
): Promise<StatusReport> {
  const { home, cwd, env, clock, signal } = call;
  const { keychain } = session.install;
  const reach = () => session.reach(request.chosen.profile);
  const report = await measureProfileIn({ home, cwd, env, clock, signal, keychain, reach }, request);
  const isOurs = session.install.config()?.profiles[report.profile] !== undefined;
  // --offline leaves the keychain alone, and an entry would not.
  if (isOurs && !request.offline && !request.keysFromVariables) {
    await enterChanges(session.install, report.profile, report.checks);
  }
  return report;
}

/** A measured check as front ends show it. */
export const asLine = ({ id, title, state, evidence, fix }: CheckResult): CheckLine => ({
  id,
  title,
  state,
  evidence,
  ...(fix === undefined ? {} : { fix }),
});

/** The checklist before anything was measured. */
export const unmeasured: readonly CheckLine[] = checkTitles.map(({ id, title }) => ({
  id,
  title,
  state: 'unknown',
  evidence: 'not measured yet',
}));

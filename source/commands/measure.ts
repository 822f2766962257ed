import {
  type CheckResult,
  checkTitles,
  isReady,
  measureChecklist,
  openSubject,
} from '../checklist/checklist.ts';
import type { CheckLine } from '../flow/flow.ts';
import { type ChosenProfile, type Config, policyInForce } from '../profiles/profiles.ts';
import type { Call } from './command.ts';
import type { Session } from './session.ts';

/** The checklist of one profile as `status --json` prints it. */
export interface StatusReport {
  readonly profile: string;
  readonly chosenBy: ChosenProfile['chosenBy'];
  readonly environment: string;
  readonly region: string;
  readonly practice: boolean;
  readonly ready: boolean;
  readonly measuredAt: string;
  /** Why a `.castkeys.json` that asks for another policy was not heard. */
  readonly policyPassedOver?: string;
  readonly checks: readonly CheckResult[];
}

export interface MeasureRequest {
  readonly chosen: ChosenProfile;
  readonly config: Config;
  readonly offline?: boolean;
  readonly only?: readonly string[];
  readonly onResult?: (result: CheckResult) => void;
}

/** Measures a profile's checklist now. */
export async function measureProfile(
  call: Call,
  session: Session,
  request: MeasureRequest,
): Promise<StatusReport> {
  const { chosen, config } = request;
  const { name, profile } = chosen;
  const { policy, passedOver } = policyInForce(call, chosen);
  const subject = openSubject({
    profileName: name,
    profile: { ...profile, policy },
    config,
    cwd: call.cwd,
    env: call.env,
    clock: call.clock,
    signal: call.signal,
    keychain: session.install.keychain,
    reach: () => session.reach(profile),
  });
  const checks = await measureChecklist(subject, {
    ...(request.offline ? { offline: true } : {}),
    ...(request.only ? { only: request.only } : {}),
    ...(request.onResult ? { onResult: request.onResult } : {}),
  });
  return {
    profile: name,
    chosenBy: chosen.chosenBy,
    environment: profile.environment,
    region: profile.region,
    practice: profile.region === 'practice',
    ready: isReady(checks),
    measuredAt: call.clock().toISOString(),
    ...(passedOver === undefined ? {} : { policyPassedOver: passedOver }),
    checks,
  };
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

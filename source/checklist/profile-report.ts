import type { Home } from '../home/home.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { type ChosenProfile, type Config, policyInForce } from '../profiles/profiles.ts';
import type { CheckId } from './check.ts';
import { type CheckResult, isReady, type MeasureOptions, measureChecklist } from './measure-checklist.ts';
import { openSubject } from './subject.ts';

/** The checklist of one profile as `status --json` prints it. */
export interface StatusReport {
  readonly profile: string;
  readonly chosenBy: ChosenProfile['chosenBy'];
  readonly environment: string;
  readonly region: string;
  readonly practice: boolean;
  /** Every check passes or doesn't apply. */
  readonly ready: boolean;
  /** ISO 8601 UTC. */
  readonly measuredAt: string;
  /** Why a `.castkeys.json` that asks for another policy was not heard. */
  readonly policyPassedOver?: string;
  readonly checks: readonly CheckResult[];
}

/** Where a profile is measured, and what may be used for it. */
export interface Surroundings {
  readonly home: Home;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: () => Date;
  readonly signal?: AbortSignal;
  readonly keychain: () => Promise<Keychain>;
  /** Makes sure that whatever the profile's API is can be reached. */
  readonly reach: () => Promise<void>;
}

export interface ReportWanted extends MeasureOptions {
  readonly chosen: ChosenProfile;
  readonly config: Config;
  /** The keys were handed over in variables: what needs settings or a keychain doesn't apply. */
  readonly keysFromVariables?: boolean;
}

/** Measures a profile's checklist now, under the policy that is in force there. */
export async function measureProfileIn(where: Surroundings, wanted: ReportWanted): Promise<StatusReport> {
  const { chosen, config, keysFromVariables, ...options } = wanted;
  const { name, profile, chosenBy } = chosen;
  // In CI what the repository says was heard when the profile was made.
  const isSettled = keysFromVariables && where.env['CI'];
  const { policy, passedOver } = isSettled ? { policy: profile.policy } : policyInForce(where, chosen);
  const subject = openSubject({ ...where, profileName: name, profile: { ...profile, policy }, config });
  const checks = await measureChecklist(subject, {
    ...options,
    ...(keysFromVariables ? { doesNotApply: withoutKeychain } : {}),
  });
  return {
    profile: name,
    chosenBy,
    environment: profile.environment,
    region: profile.region,
    practice: profile.region === 'practice',
    ready: isReady(checks),
    measuredAt: where.clock().toISOString(),
    ...(passedOver === undefined ? {} : { policyPassedOver: passedOver }),
    checks,
  };
}

/** What can't be measured where keys only come from variables, and where it is. */
const withoutKeychain: Readonly<Partial<Record<CheckId, string>>> = {
  keychain: 'the keys come from variables here, and no keychain is used',
  'key-age': 'how old a key is, is known where it is rotated',
  'old-keys': 'which keys others took the place of is known where they are rotated',
  webhook: 'webhook secrets are kept and measured where they are set',
  'audit-log': 'the audit log is kept where keys are managed',
};

import type { Check, CheckId, CheckState, Finding, Subject } from './check.ts';
import { checks } from './checks.ts';

/** A line of the checklist, measured. */
export interface CheckResult extends Finding {
  readonly id: CheckId;
  readonly title: string;
  readonly standsFor: string;
  /** ISO 8601 UTC. */
  readonly measuredAt: string;
}

export interface MeasureOptions {
  /** Touch neither network nor keychain: what needs them is unknown. */
  readonly offline?: boolean;
  /** Only these lines. */
  readonly only?: readonly string[];
  /** Told of each line as soon as it is measured, in whatever order they come. */
  readonly onResult?: (result: CheckResult) => void;
  /** Lines that don't apply where this is measured, and why. */
  readonly doesNotApply?: Readonly<Partial<Record<CheckId, string>>>;
}

/** The titles, for lines that are not measured yet. */
export const checkTitles: readonly { readonly id: CheckId; readonly title: string }[] = checks.map(
  ({ id, title }) => ({ id, title }),
);

/** Measures the checklist, all lines at once. A check that throws is unknown: nothing is concluded from it. */
export async function measureChecklist(
  subject: Subject,
  options: MeasureOptions = {},
): Promise<readonly CheckResult[]> {
  const wanted = checks.filter(check => options.only?.includes(check.id) ?? true);
  return Promise.all(
    wanted.map(async check => {
      const finding = await measureOne(check, subject, options);
      const { id, title, standsFor } = check;
      const result = { id, title, ...finding, standsFor, measuredAt: subject.clock().toISOString() };
      options.onResult?.(result);
      return result;
    }),
  );
}

async function measureOne(
  check: Check,
  subject: Subject,
  { offline, doesNotApply = {} }: MeasureOptions,
): Promise<Finding> {
  const elsewhere = doesNotApply[check.id];
  if (elsewhere !== undefined) return { state: 'skip', evidence: elsewhere };
  const { skip = {} } = subject.profile.policy;
  if (Object.hasOwn(skip, check.id)) return { state: 'skip', evidence: `the policy says: ${skip[check.id]}` };
  if (offline && check.needs.length > 0) {
    return {
      state: 'unknown',
      evidence: `needs the ${check.needs.join(' and the ')}, which --offline leaves alone`,
    };
  }
  try {
    return await check.measure(subject);
  } catch (thrown) {
    return {
      state: 'unknown',
      evidence: thrown instanceof Error ? thrown.message : String(thrown),
      fix: 'castkeys doctor',
    };
  }
}

/** Whether everything holds: every line passes or doesn't apply. */
export const isReady = (results: readonly { readonly state: CheckState }[]): boolean =>
  results.every(({ state }) => state === 'pass' || state === 'skip');

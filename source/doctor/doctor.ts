/** The doctor: what works on this machine and what doesn't. Writes nothing but the probe's throw-away entry. */
import { redactKeys } from '../castai/castai.ts';
import { printable } from '../printable.ts';
import type { DoctorState, Examination, Finding, Machine } from './examination.ts';
import { examinations } from './examinations.ts';

export { addressesOf } from './addresses.ts';
export type { Address, DoctorState, Machine, Screen, StoreInUse } from './examination.ts';
export { type MachineOptions, openMachine } from './machine.ts';

/** A line of the doctor's list, measured. */
export interface Diagnosed extends Finding {
  readonly id: string;
  readonly title: string;
  readonly state: DoctorState;
  /** ISO 8601 UTC. */
  readonly measuredAt: string;
}

export interface ExamineOptions {
  readonly clock?: () => Date;
  /** Of each line, in ms. Default 3000. */
  readonly limitMs?: number;
}

/** Longer evidence is a listing that nobody reads. */
const longest = 600;

/** Measures every line, all at once, each limited in time. Never throws, and says nothing key-shaped. */
export async function examine(machine: Machine, options: ExamineOptions = {}): Promise<readonly Diagnosed[]> {
  const { clock = () => new Date(), limitMs = 3000 } = options;
  return Promise.all(
    examinations(machine).map(async examination => {
      const { id, title } = examination;
      const { state, evidence, fix } = await measure(examination, machine, limitMs);
      return {
        id,
        title: harmless(title),
        state,
        evidence: harmless(evidence),
        ...(fix === undefined ? {} : { fix: harmless(fix) }),
        measuredAt: clock().toISOString(),
      };
    }),
  );
}

async function measure(examination: Examination, machine: Machine, limitMs: number): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<Finding>(resolve => {
    const tooLate: Finding = { state: 'unknown', evidence: `could not be measured within ${limitMs} ms` };
    timer = setTimeout(() => resolve(examination.onTimeout?.(limitMs) ?? tooLate), limitMs);
  });
  try {
    return await Promise.race([examination.measure(machine), timeUp]);
  } catch (thrown) {
    return { state: 'unknown', evidence: thrown instanceof Error ? thrown.message : String(thrown) };
  } finally {
    clearTimeout(timer);
  }
}

/** Paths, names and variables are somebody else's words. */
const harmless = (text: string): string => printable(redactKeys(text), longest);

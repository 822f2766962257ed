/** The checklist: every line is a measurement with evidence and a time, never a box somebody ticked. */

export type { CheckId, CheckState } from './check.ts';
export { enterChanges } from './enter-changes.ts';
export { type CheckResult, checkTitles, isReady, measureChecklist } from './measure-checklist.ts';
export { measureProfileIn, type StatusReport } from './profile-report.ts';
export { openSubject } from './subject.ts';

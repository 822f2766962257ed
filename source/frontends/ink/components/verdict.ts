import type { Look } from '../theme.ts';
import type { WatchReport } from '../watch-report.ts';

/** Whether everything holds, in words and in the look they are said in. */
export function verdictOf(report: WatchReport): { readonly title: string; readonly look: Look } {
  const failing = report.checks.filter(({ state }) => state === 'fail').length;
  if (report.ready) return { title: 'Ready: everything holds', look: 'success' };
  if (failing === 0) return { title: 'Not ready yet', look: 'warning' };
  return { title: `Not ready: ${failing} ${failing === 1 ? 'check fails' : 'checks fail'}`, look: 'danger' };
}

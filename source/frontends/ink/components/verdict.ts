import type { CheckLine } from '../../../flow/flow.ts';
import { holding } from '../check-rows.ts';
import type { Look } from '../theme.ts';

/** Whether everything holds, in words and in the look they are said in. */
export function verdictOf({ checks }: { readonly checks: readonly CheckLine[] }): {
  readonly title: string;
  readonly look: Look;
} {
  const failing = checks.filter(({ state }) => state === 'fail').length;
  if (holding(checks) === checks.length) return { title: 'Ready: everything holds', look: 'success' };
  if (failing === 0) return { title: 'Not ready yet', look: 'warning' };
  return { title: `Not ready: ${failing} ${failing === 1 ? 'check fails' : 'checks fail'}`, look: 'danger' };
}

import { isSealOf, parseHeadLine, verifyLog } from '../audit/audit.ts';
import type { Install } from '../install/install.ts';
import { withoutSeal } from './seal.ts';

/** What is to be said of a report. */
export type ReportVerdict =
  | { readonly state: 'genuine'; readonly log: 'leads-on' | 'differs' | 'not-told' }
  /** Another install made it, or it was changed. */
  | { readonly state: 'changed' }
  | { readonly state: 'no-report' };

/** Whether this install made the report just so, and whether its log still leads on from the head in it. */
export async function verifyReport(install: Install, sealed: string): Promise<ReportVerdict> {
  const parts = withoutSeal(sealed);
  if (!parts) return { state: 'no-report' };
  if (!(await isSealOf(await install.keychain(), parts.text, parts.mac))) return { state: 'changed' };
  const head = /castkeys-audit-head:[0-9a-f:]+/.exec(parts.text)?.[0];
  if (head === undefined) return { state: 'genuine', log: 'not-told' };
  const { home, keychain } = install;
  const installId = install.config()?.installId;
  const { intact } = await verifyLog({ home, installId, keychain, kept: parseHeadLine(head) });
  return { state: 'genuine', log: intact ? 'leads-on' : 'differs' };
}

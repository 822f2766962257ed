import { enter, profileResource } from '../audit/audit.ts';
import type { RefusedKind, Summary } from '../broker/broker.ts';
import type { Session } from './session.ts';

/** What a broker does, as the audit log has it. */
export interface BrokerRecord {
  /** Enters a kind of refusal, when it comes first: how often it came is said at the end. */
  readonly refused: (kind: RefusedKind) => void;
  /** Enters what it did altogether, once everything before is entered. */
  readonly ended: (summary: Summary) => Promise<void>;
}

/** An entry that can't be made stops no program: it is handed no key, and what is refused stays refused. */
export function openRecord(
  { install }: Session,
  { profile, program }: { readonly profile: string; readonly program: string | undefined },
): BrokerRecord {
  const about = { resource: profileResource(profile) };
  const to = program === undefined ? {} : { program };
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = (entering: () => Promise<unknown>) => {
    before = before.then(entering).catch(() => {});
    return before;
  };
  return {
    refused: ({ code, method, path, why }) => {
      const metadata = { ...to, code, method, path, why };
      void inTurn(() => enter(install, { ...about, action: 'broker.refused', result: 'failure', metadata }));
    },
    ended: async ({ forwarded, unanswered, refused, refusals }) => {
      const kinds = refusals.map(({ code, method, path, count }) => ({ code, method, path, count }));
      const metadata = { ...to, forwarded, unanswered, refused, refusals: kinds };
      await inTurn(() => enter(install, { ...about, action: 'broker.ended', metadata }));
    },
  };
}

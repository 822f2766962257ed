import type { Decision } from './action.ts';
import type { Observed } from './observed.ts';

/** The next consumer that has another key, one after the other; one that failed comes last, and holds everything after. */
export function deliverTo(
  consumers: Observed['consumers'],
  credentialId: string | undefined,
  what: 'new' | 'old',
): Decision | undefined {
  const behind = consumers.filter(({ has }) => has !== credentialId);
  const untried = behind.find(({ failure }) => failure === undefined);
  if (untried) {
    return { type: 'act', action: { type: 'deliver', consumer: untried.id, title: untried.title, what } };
  }
  const [failed] = behind;
  if (!failed) return undefined;
  return {
    type: 'wait',
    wait: { reason: 'delivery-failed', consumer: failed.title, words: failed.failure ?? '' },
  };
}

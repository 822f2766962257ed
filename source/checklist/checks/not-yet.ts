import type { Check, CheckId } from '../check.ts';

/** A line that castkeys can't measure yet: it says what is missing and never ticks. */
function notYet(id: CheckId, title: string, standsFor: string, missing: string): Check {
  return {
    id,
    title,
    standsFor,
    needs: [],
    measure: async () => ({ state: 'unknown', evidence: `not measured yet: ${missing}` }),
  };
}

export const auditLog = notYet(
  'audit-log',
  'The audit log is intact',
  'audit logging is on',
  'the tamper-evident log is still to come',
);

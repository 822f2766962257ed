/** What other programs use of castkeys: clients whose keys they never see, and the checklist. */
export { type AuditedAction, auditLog } from './audit-log.ts';
export { type Castai, type CastaiOptions, castai, type KeysFrom } from './castai.ts';
export { type ChecklistOptions, readChecklist } from './read-checklist.ts';

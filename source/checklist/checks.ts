import type { Check } from './check.ts';
import { auditLog } from './checks/audit-log.ts';
import { distinctKeys } from './checks/distinct-keys.ts';
import { gitignore } from './checks/gitignore.ts';
import { keyAge } from './checks/key-age.ts';
import { keychain } from './checks/keychain.ts';
import { keysLive } from './checks/keys-live.ts';
import { leaks } from './checks/leaks.ts';
import { leastPrivilege } from './checks/least-privilege.ts';
import { oldKeys } from './checks/old-keys.ts';
import { plaintext } from './checks/plaintext.ts';
import { serviceAccount } from './checks/service-account.ts';
import { webhook } from './checks/webhook.ts';

/** The checklist, in order. */
export const checks: readonly Check[] = [
  keychain,
  plaintext,
  gitignore,
  keysLive,
  distinctKeys,
  leastPrivilege,
  serviceAccount,
  keyAge,
  oldKeys,
  leaks,
  webhook,
  auditLog,
];

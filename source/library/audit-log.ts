import { type Entry, enterAs, type Metadata } from '../audit/audit.ts';
import type { Install } from '../install/install.ts';
import { type Where, whereOf } from './where.ts';

/** Something that a program did with its keys. */
export interface AuditedAction {
  /** The program's own word for it: `cluster.hibernated`. */
  readonly action: string;
  /** Who had it done. Default: the user of the operating system. */
  readonly userId?: string;
  /** What it was done to. */
  readonly resource: string;
  /** Default `success`. */
  readonly result?: 'success' | 'failure' | 'pending';
  /** Anything else, as JSON. Whatever has the shape of a key in it is masked. */
  readonly metadata?: Metadata;
}

const installs = new Map<string, Install>();

/**
 * Enters an action of a program in castkeys' own tamper-evident log; it is on disk when this resolves.
 *
 * @returns the entry, with its place in the chain. Where the keychain is locked it is chained all the same, and sealed by the
 * next one that has the keychain.
 * @throws CastkeysError `home-busy`, `home-unwritable`: then it is not in the log.
 */
export function auditLog(action: AuditedAction, where: Where = {}): Promise<Entry> {
  const here = whereOf(where);
  // One install a home, so that what is entered at once is written at once.
  const install = installs.get(here.home.state) ?? here.install;
  installs.set(here.home.state, install);
  return enterAs(install, action);
}

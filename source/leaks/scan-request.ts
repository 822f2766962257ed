import type { Home } from '../home/home.ts';
import type { Located } from './finding.ts';
import type { Recogniser } from './known-keys.ts';
import type { Push } from './repository/scan-pushed.ts';

/** How far a scan is. */
export interface Progress {
  readonly objects: number;
  /** Objects there are to read; absent where nobody counted them. */
  readonly total?: number;
  readonly files: number;
  /** Looked through, in objects and files. */
  readonly bytes: number;
}

/** Files and history; history alone; what the next commit would bring; what a push would send. */
export type What = 'everything' | 'history' | 'staged' | { readonly push: Push };

export interface ScanRequest {
  /** A directory or a file. */
  readonly path: string;
  readonly what: What;
  /** Read every object, whatever was read before. */
  readonly full: boolean;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly home: Home;
  readonly clock: () => Date;
  readonly signal: AbortSignal;
  /** Whether the keys themselves are wanted, to be tried: what was found before is looked at again. */
  readonly needsValues: boolean;
  /** A person's home directory, where the usual places in it are to be looked through as well. */
  readonly userHome?: string;
  /** Ids of the credentials to look for by value. */
  readonly wanted: readonly string[];
  /** Opens the keychain; asked once, and only where there is something to look through. */
  readonly recogniser: () => Promise<Recogniser>;
  readonly onProgress?: (progress: Progress) => void;
}

export interface ScanResult extends Progress {
  readonly located: readonly Located[];
  /** Objects that had been looked through before. */
  readonly skipped: number;
  /** Ids of objects that git could not give. */
  readonly unreadable: readonly string[];
  /** Whether there was any git history to look through. */
  readonly hasHistory: boolean;
  readonly isInterrupted: boolean;
}

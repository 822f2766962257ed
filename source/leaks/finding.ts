import type { Encoding } from './spelling/key-search.ts';

export type Where = 'blob' | 'commit' | 'tag' | 'note' | 'ref' | 'path' | 'worktree' | 'index' | 'file';

/** What is known of a key that was found; never its value. */
export interface FoundKey {
  /** The credential it is, where it is one of ours or was. */
  readonly credential?: string;
  /** Its fingerprint on this install, by which a key that is stored later is recognised. */
  readonly fingerprint?: string;
  /** Names it in the ignore list: the beginning of a hash of the key, the same on every machine. */
  readonly content: string;
  /** At most 12 characters of it. */
  readonly preview: string;
}

/** A key that lies where it should not. */
export interface Finding {
  readonly kind: 'own-key' | 'pattern';
  readonly profile?: string;
  readonly role?: string;
  /** Local id. */
  readonly credential?: string;
  /** ISO 8601: another key took its place then. */
  readonly retiredAt?: string;
  /** It is known to be revoked. */
  readonly gone?: true;
  readonly where: Where;
  /** The id of the git object it is in. */
  readonly object?: string;
  /** From the root of the repository, or absolute; what is a key in it is masked. */
  readonly path?: string;
  /** The submodule or nested repository, where it isn't the one that was asked about. */
  readonly repository?: string;
  readonly line?: number;
  /** The commits that brought it, newest first. */
  readonly commits?: readonly string[];
  /** The first of them. */
  readonly introduced?: { readonly commit: string; readonly author: string; readonly at: string };
  /** False where no ref, stash or HEAD leads to it. */
  readonly reachable: boolean;
  readonly encoding: Encoding;
  readonly preview: string;
  readonly content: string;
  /** Whether Cast AI still takes it; only where it was asked. */
  readonly live?: 'works' | 'dead' | 'unknown';
  /** The next command, or act. */
  readonly next: string;
}

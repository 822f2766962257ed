import type { ErrorCode } from '../errors.ts';
import type { Run } from '../runs/runs.ts';

/** The next thing to do; each can be cut off anywhere and done again. */
export type Action =
  | { readonly type: 'create' }
  /** A key of a name we tried whose value is lost: nobody can use it. */
  | { readonly type: 'delete-orphan'; readonly credentialId: string; readonly keyId: string }
  /** Nothing came of an attempt, and nothing shows of it. */
  | { readonly type: 'give-up-attempt'; readonly credentialId: string }
  | { readonly type: 'register' }
  | { readonly type: 'prove' }
  | { readonly type: 'promote' }
  | {
      readonly type: 'deliver';
      readonly consumer: string;
      readonly title: string;
      readonly what: 'new' | 'old';
    }
  | { readonly type: 'disable-old' }
  | { readonly type: 'prove-dead' }
  | { readonly type: 'delete-old' }
  | { readonly type: 'forget-old' }
  | { readonly type: 'enable-old' }
  | { readonly type: 'prove-old' }
  | { readonly type: 'point-back' }
  | { readonly type: 'delete-new'; readonly credentialId: string; readonly keyId: string }
  | { readonly type: 'forget-new'; readonly credentialId: string };

/** Why nothing is done now. */
export type Wait =
  /** Something is about to be seen; looking again in a moment is enough. */
  | { readonly reason: 'settling'; readonly words: string }
  | { readonly reason: 'draining'; readonly until: number; readonly lastUsedAt?: string }
  | { readonly reason: 'old-key-in-use'; readonly until: number; readonly lastUsedAt: string }
  | { readonly reason: 'soaking'; readonly until: number }
  | { readonly reason: 'runs-hold-old-key'; readonly runs: readonly Run[] }
  | { readonly reason: 'runs-hold-new-key'; readonly runs: readonly Run[] }
  | { readonly reason: 'delivery-failed'; readonly consumer: string; readonly words: string }
  /** Nothing can be concluded: nothing is revoked. */
  | { readonly reason: 'unknown'; readonly words: string; readonly code: ErrorCode }
  | { readonly reason: 'clock-skew'; readonly skew: number }
  | { readonly reason: 'keychain'; readonly words: string; readonly code: ErrorCode }
  /** A person has to do something in the console. */
  | {
      readonly reason: 'person';
      readonly what: 'make-key' | 'disable-old' | 'delete-old' | 'enable-old' | 'delete-new';
    }
  | {
      readonly reason: 'stuck';
      readonly words: string;
      readonly next: string;
      /** There is no way back any more, and going on is still possible. */
      readonly isOneWay?: true;
    };

export type Decision =
  | { readonly type: 'act'; readonly action: Action }
  | { readonly type: 'wait'; readonly wait: Wait }
  | { readonly type: 'done'; readonly ending: 'deleted' | 'rolled-back' };

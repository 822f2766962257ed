/** What tampering looks like. */
export const problemKinds = {
  edited: 'an entry was changed',
  inserted: 'a line was put in that castkeys did not write there',
  deleted: 'entries were taken out',
  reordered: 'entries are out of their order',
  'cut-tail': 'the end was cut off',
  'rolled-back': 'an older copy was put back',
  'file-deleted': 'a file of the log was deleted',
  'file-emptied': 'a file of the log was emptied',
  'file-replaced': 'a file was put in the place of the log',
  'foreign-log': "another install's log is here",
  'anchor-missing': 'the keychain no longer has its end of the chain',
  'anchor-differs': 'the log does not lead to the head that was kept elsewhere',
} as const;
export type ProblemKind = keyof typeof problemKinds;

export interface Problem {
  readonly kind: ProblemKind;
  /** What else it may have been, where what is left doesn't tell. */
  readonly orElse?: ProblemKind;
  /** The first entry that does not hold. */
  readonly seq: number;
  readonly file: string;
  /** In the file, from 1; absent where there is nothing left to point to. */
  readonly line?: number;
  /** In words: what is wrong, and how that shows. */
  readonly message: string;
}

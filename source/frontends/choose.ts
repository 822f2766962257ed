/** Everything the choice of a front end rests on. */
export interface Circumstances {
  /** `--answers` was given. */
  readonly answers: boolean;
  readonly json: boolean;
  readonly plain: boolean;
  readonly stdinIsTty: boolean;
  readonly stderrIsTty: boolean;
  /** Of the terminal behind standard error; undefined or 0 where it doesn't know. */
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  /** The TERM variable. */
  readonly term: string | undefined;
  /** The CI variable. */
  readonly ci: string | undefined;
  /** The INK_SCREEN_READER variable. */
  readonly screenReader: string | undefined;
}

export type FrontEndChoice =
  | { readonly kind: 'scripted' }
  /** `why` in words; undefined where the person asked for it. */
  | { readonly kind: 'linear'; readonly why?: string }
  | { readonly kind: 'ink' }
  /** Nobody can be asked: why, and what would answer the questions. */
  | { readonly kind: 'none'; readonly why: string; readonly hint: string };

/** The smallest window the full screen is drawn in. */
export const smallestWindow = { columns: 40, rows: 12 } as const;

/** Chooses the front end of this process, once: two in one process would take each other's keys. */
export function chooseFrontEnd(given: Circumstances): FrontEndChoice {
  if (given.answers) return { kind: 'scripted' };
  if (given.json) return nobody('--json leaves no room for questions');
  if (!given.stdinIsTty) return nobody('standard input is not a terminal');
  if (!given.stderrIsTty) return nobody('standard error, where questions are shown, is not a terminal');
  if (isOn(given.ci)) return nobody('CI is set, so nobody is there to answer');
  if (given.plain) return { kind: 'linear' };
  const why = whyLinear(given);
  return why === undefined ? { kind: 'ink' } : { kind: 'linear', why };
}

function whyLinear(given: Circumstances): string | undefined {
  if (given.term === 'dumb') return 'TERM is dumb';
  if (isOn(given.screenReader)) return 'a screen reader is in use';
  const { columns = 0, rows = 0 } = given;
  if (columns < smallestWindow.columns || rows < smallestWindow.rows) {
    return `the window is smaller than ${smallestWindow.columns} columns and ${smallestWindow.rows} rows`;
  }
  return undefined;
}

function nobody(why: string): FrontEndChoice {
  return {
    kind: 'none',
    why,
    hint: 'answer the questions from a file: --answers FILE (or - for standard input)',
  };
}

/** Whether a variable that switches something is set to anything but no. */
export function isOn(variable: string | undefined): boolean {
  return variable !== undefined && !['', '0', 'false'].includes(variable);
}

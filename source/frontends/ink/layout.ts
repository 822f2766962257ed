import type { Size } from './window-size.ts';

/** Where things go in a window of that many columns and rows. */
export interface Layout {
  /** Blank columns to the left of everything. */
  readonly margin: number;
  readonly width: number;
  readonly height: number;
  /** Blank lines between the parts. */
  readonly roomy: boolean;
  /** Rows between header and footer. */
  readonly bodyRows: number;
  /** The checklist beside the conversation, below it, as one line under the header, or nowhere. */
  readonly checklist: 'beside' | 'below' | 'strip' | 'none';
  /** What the checklist may take where it is a list; below, the rows are those beyond one for each check. */
  readonly pane: { readonly columns: number; readonly rows: number };
  /** The rows the open question may take, with the conversation pushed out of sight if need be. */
  readonly questionRows: number;
}

/** Beyond it lines are hard to read, and full-width lines leave stale copies behind when the window shrinks. */
const widest = 120;
const tallest = 44;
const besideFrom = 96;
const belowFrom = 36;
const roomyFrom = 22;
const stripFrom = 16;

/** Rows of evidence in the list below the conversation. */
const evidenceBelow = 6;

/** What is not left to conversation and question, in rows: a list below has a heading, two columns and evidence. */
const reserved = { beside: 0, below: 10 + evidenceBelow, strip: 1, none: 0 } as const;

/** Pure. The frame stays two rows below the window's height: from a taller one Ink falls back to clearing the screen. */
export function layoutFor(window: Size): Layout {
  const width = Math.min(window.columns - 2, widest);
  const height = Math.min(window.rows - 2, tallest);
  const roomy = window.rows >= roomyFrom;
  const gap = roomy ? 1 : 0;
  // Header and rule, the footer and the line above it, and the gaps at the top and below the header.
  const bodyRows = height - 4 - 2 * gap;
  const checklist = window.columns >= besideFrom ? 'beside' : checklistIn(window.rows);
  return {
    margin: Math.floor((window.columns - width) / 2),
    width,
    height,
    roomy,
    bodyRows,
    checklist,
    pane:
      checklist === 'beside'
        ? { columns: Math.min(47, Math.floor(width * 0.4)), rows: bodyRows }
        : { columns: width, rows: evidenceBelow },
    questionRows: bodyRows - reserved[checklist] - 1,
  };
}

function checklistIn(rows: number): 'below' | 'strip' | 'none' {
  if (rows >= belowFrom) return 'below';
  return rows >= stripFrom ? 'strip' : 'none';
}

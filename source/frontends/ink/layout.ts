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
  /** What the checklist may take where it is a list; below, the rows are those beyond one for each line. */
  readonly pane: { readonly columns: number; readonly rows: number };
  /** How many choices of a question are shown at once. */
  readonly choiceRows: number;
}

/** Beyond it lines are hard to read, and full-width lines leave stale copies behind when the window shrinks. */
const widest = 120;
const tallest = 44;
const besideFrom = 96;
const belowFrom = 32;
const roomyFrom = 22;
const stripFrom = 16;

/** Pure. The frame stays two rows below the window's height: from a taller one Ink falls back to clearing the screen. */
export function layoutFor(window: { readonly columns: number; readonly rows: number }): Layout {
  const width = Math.min(window.columns - 2, widest);
  const height = Math.min(window.rows - 2, tallest);
  const roomy = window.rows >= roomyFrom;
  const gap = roomy ? 1 : 0;
  // Header and rule, the footer and the line above it, and the gaps at the top and below the header.
  const bodyRows = height - 4 - 2 * gap;
  const isWide = window.columns >= besideFrom;
  return {
    margin: Math.floor((window.columns - width) / 2),
    width,
    height,
    roomy,
    bodyRows,
    checklist: isWide ? 'beside' : checklistIn(window.rows),
    pane: isWide
      ? { columns: Math.min(47, Math.floor(width * 0.4)), rows: bodyRows }
      : { columns: width, rows: Math.max(0, bodyRows - 26) },
    // Message, help, a problem, and a line or two of what was said before.
    choiceRows: Math.max(3, bodyRows - 7),
  };
}

function checklistIn(rows: number): Layout['checklist'] {
  if (rows >= belowFrom) return 'below';
  return rows >= stripFrom ? 'strip' : 'none';
}

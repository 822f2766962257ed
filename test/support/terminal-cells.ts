import type { IBufferCell, Terminal } from '@xterm/headless';

/** `default`, one of the 256 palette entries, or `#rrggbb`. */
export type CellColour = 'default' | number | `#${string}`;

/** One place of the screen. A wide character is followed by a cell of width 0. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  readonly foreground: CellColour;
  readonly background: CellColour;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
}

/** What the emulator shows, row by row. */
export function cellsOf(emulator: Terminal): readonly (readonly Cell[])[] {
  const { active } = emulator.buffer;
  return Array.from({ length: emulator.rows }, (_, row) => {
    const line = active.getLine(active.viewportY + row);
    return Array.from({ length: emulator.cols }, (_, column) => {
      const cell = line?.getCell(column);
      return cell ? readCell(cell) : blank;
    });
  });
}

const blank: Cell = {
  text: ' ',
  width: 1,
  foreground: 'default',
  background: 'default',
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
};

function readCell(cell: IBufferCell): Cell {
  return {
    text: cell.getChars() || ' ',
    width: cell.getWidth(),
    foreground: colour(cell.isFgRGB(), cell.isFgDefault(), cell.getFgColor()),
    background: colour(cell.isBgRGB(), cell.isBgDefault(), cell.getBgColor()),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
    inverse: cell.isInverse() !== 0,
  };
}

function colour(isRgb: boolean, isDefault: boolean, value: number): CellColour {
  if (isDefault) return 'default';
  return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
}

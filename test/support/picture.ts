/** Turns what a terminal shows into a picture: an SVG of a window, for the README and for looking at it. */
import { type PictureTheme, paint, pictureThemes } from './picture-theme.ts';
import type { Cell } from './terminal-cells.ts';

export interface PictureOptions {
  readonly theme: keyof typeof pictureThemes;
  /** In the window's title bar. */
  readonly title?: string;
}

/** The advance of the usual monospaced fonts at this size; elsewhere `textLength` makes up the difference. */
const cell = { width: 8.43, height: 18, baseline: 13.5, fontSize: 14 } as const;
const padding = 14;
const titleBar = 34;

/** The SVG of a screen. */
export function svgOf(screen: readonly (readonly Cell[])[], options: PictureOptions): string {
  const theme: PictureTheme = pictureThemes[options.theme];
  const columns = Math.max(...screen.map(row => row.length));
  const width = round(columns * cell.width + 2 * padding);
  const height = titleBar + screen.length * cell.height + padding;
  const rows = screen.flatMap((row, index) => drawRow(row, titleBar + index * cell.height, theme));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" rx="9" fill="${theme.frame}"/>`,
    `<path d="M0 ${titleBar - 4}h${width}v${height - titleBar - 5}a9 9 0 0 1-9 9h${-width + 18}a9 9 0 0 1-9-9z" fill="${theme.background}"/>`,
    ...['#ec6a5e', '#f4bf4f', '#61c554'].map(
      (fill, index) => `<circle cx="${18 + index * 20}" cy="15" r="6" fill="${fill}"/>`,
    ),
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="${cell.fontSize}">`,
    `<text x="${width / 2}" y="19.5" text-anchor="middle" font-size="12" fill="${theme.title}">${escaped(options.title ?? '')}</text>`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Neighbouring cells that look the same. */
interface Run {
  readonly column: number;
  readonly columns: number;
  readonly text: string;
  readonly look: Cell;
}

function drawRow(row: readonly Cell[], top: number, theme: PictureTheme): readonly string[] {
  return runsOf(row).flatMap(run => drawRun(run, top, theme));
}

/** A sign outside ASCII is a run of its own: it may come from another font, of another width. */
function runsOf(row: readonly Cell[]): readonly Run[] {
  const runs: Run[] = [];
  for (const [column, look] of row.entries()) {
    if (look.width === 0) continue;
    const last = runs.at(-1);
    if (last && isAscii(last.text) && isAscii(look.text) && looksAlike(last.look, look)) {
      runs[runs.length - 1] = { ...last, columns: last.columns + 1, text: last.text + look.text };
    } else {
      runs.push({ column, columns: look.width, text: look.text, look });
    }
  }
  return runs;
}

function drawRun({ column, columns, text, look }: Run, top: number, theme: PictureTheme): readonly string[] {
  const ink = paint(look.foreground, theme) ?? theme.foreground;
  const ground = paint(look.background, theme);
  const fill = look.inverse ? (ground ?? theme.background) : ink;
  const behind = look.inverse ? ink : ground;
  const x = round(padding + column * cell.width);
  const width = round(columns * cell.width);
  const dim = look.dim ? ' fill-opacity="0.62"' : '';
  const parts = behind
    ? [
        `<rect x="${x}" y="${top}" width="${width}" height="${cell.height}" fill="${behind}"${look.inverse ? dim : ''}/>`,
      ]
    : [];
  const line = lineOf(text, x, top);
  if (line) return [...parts, `<path d="${line}" fill="${fill}"${dim}/>`];
  if (text.trim() === '') return parts;
  const style = [
    look.bold ? ' font-weight="bold"' : '',
    look.italic ? ' font-style="italic"' : '',
    look.underline ? ' text-decoration="underline"' : '',
  ].join('');
  return [
    ...parts,
    `<text x="${x}" y="${top + cell.baseline}" textLength="${width}" xml:space="preserve" fill="${fill}"${dim}${style}>${escaped(text)}</text>`,
  ];
}

/** Lines are drawn as shapes, so that they meet whatever the font. */
function lineOf(text: string, x: number, top: number): string | undefined {
  const middle = round(x + cell.width / 2);
  const centre = top + cell.height / 2;
  const across = (thickness: number) =>
    `M${x} ${centre - thickness / 2}h${cell.width}v${thickness}h-${cell.width}z`;
  const down = (thickness: number) =>
    `M${round(middle - thickness / 2)} ${top}h${thickness}v${cell.height + 0.5}h-${thickness}z`;
  switch (text) {
    case '─':
      return across(1);
    case '━':
      return across(2.4);
    case '│':
      return down(1);
    case '┃':
      return down(2.4);
    default:
      return undefined;
  }
}

function looksAlike(one: Cell, other: Cell): boolean {
  const { text: _, width: __, ...look } = one;
  return Object.entries(look).every(([name, value]) => other[name as keyof Cell] === value);
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

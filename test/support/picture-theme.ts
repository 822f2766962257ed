import type { CellColour } from './terminal-cells.ts';

/** The colours of a terminal window. */
export interface PictureTheme {
  readonly background: string;
  readonly foreground: string;
  readonly frame: string;
  readonly title: string;
  /** The sixteen colours programs call by name. */
  readonly sixteen: readonly string[];
}

export const pictureThemes = {
  dark: {
    background: '#14161b',
    foreground: '#e3e6ea',
    frame: '#23262d',
    title: '#8b919c',
    sixteen: [
      ...['#14161b', '#e06c75', '#73c990', '#d8a657', '#61afef', '#c678dd', '#56b6c2', '#c8ccd4'],
      ...['#5c6370', '#f28b93', '#98d8ac', '#e5c07b', '#8cc5f5', '#d9a1ea', '#7fd0da', '#ffffff'],
    ],
  },
  light: {
    background: '#fbfbfa',
    foreground: '#24262b',
    frame: '#e6e6e3',
    title: '#75777d',
    sixteen: [
      ...['#24262b', '#cf222e', '#1a7f37', '#9a6700', '#0969da', '#8250df', '#1b7c83', '#6e7781'],
      ...['#57606a', '#a40e26', '#2da44e', '#bf8700', '#218bff', '#a475f9', '#3192aa', '#ffffff'],
    ],
  },
} as const satisfies Readonly<Record<string, PictureTheme>>;

/** What a cell's colour is in this theme; undefined for the default one. */
export function paint(colour: CellColour, theme: PictureTheme): string | undefined {
  if (colour === 'default') return undefined;
  if (typeof colour === 'string') return colour;
  return theme.sixteen[colour] ?? paletteColour(colour);
}

/** The upper 240 of the 256 colours: a cube of six steps a side, then greys. */
function paletteColour(index: number): string {
  if (index >= 232) return rgb([0, 1, 2].map(() => 8 + (index - 232) * 10));
  const inCube = index - 16;
  const steps = [Math.floor(inCube / 36), Math.floor(inCube / 6) % 6, inCube % 6];
  return rgb(steps.map(step => (step === 0 ? 0 : 55 + step * 40)));
}

function rgb(parts: readonly number[]): string {
  return `#${parts.map(part => part.toString(16).padStart(2, '0')).join('')}`;
}

import type { ColourLevel } from '../colour.ts';

/** How a piece of text is meant; what it looks like follows from the theme. */
export type Look =
  | 'plain'
  | 'strong'
  /** Said before, or said in passing. */
  | 'quiet'
  | 'accent'
  /** What the keys act on. */
  | 'chosen'
  | 'cursor'
  | 'success'
  | 'warning'
  | 'danger'
  | 'info'
  | 'practice'
  | 'production';

/** What Ink's Text understands. */
export interface Style {
  readonly color?: string;
  readonly backgroundColor?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
}

export type Theme = Readonly<Record<Look, Style>>;

/** The names of the sixteen colours: the terminal's own theme makes them fit its background. */
export const sixteen = {
  accent: 'magenta',
  success: 'green',
  warning: 'yellow',
  danger: 'red',
  info: 'cyan',
} as const;

/**
 * With a relative luminance near 0.2 a colour keeps about the same contrast on black as on white. The background can't
 * be asked for without a race for the reply, so these fit both; a test holds them to it.
 */
export const full = {
  accent: '#9166e6',
  success: '#2a9a57',
  warning: '#b8791a',
  danger: '#dd4a4a',
  info: '#2a86c2',
} as const;

/** The looks for a terminal of that many colours. Without any, words and symbols alone carry the meaning. */
export function themeFor(level: ColourLevel): Theme {
  const palette = level === 3 ? full : sixteen;
  return {
    plain: {},
    strong: { bold: true },
    quiet: { dimColor: true },
    accent: { color: palette.accent },
    chosen: { color: palette.accent, bold: true },
    // Without colours there is no inverse either; the cursor is a sign of its own then.
    cursor: level === 0 ? {} : { inverse: true },
    success: { color: palette.success },
    warning: { color: palette.warning },
    danger: { color: palette.danger },
    info: { color: palette.info },
    practice: { color: palette.info, bold: true },
    // The one background of all: production must be seen from across the room.
    production: {
      ...(level === 3
        ? { color: '#ffffff', backgroundColor: '#c02a2a' }
        : { color: 'whiteBright', backgroundColor: 'red' }),
      bold: true,
    },
  };
}

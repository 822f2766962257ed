import type { CheckLine } from '../../flow/flow.ts';
import { speaksUtf8, spelled } from '../locale.ts';

type CheckState = CheckLine['state'];

/** Every sign the screen is made of. */
export interface Symbols {
  readonly checks: Readonly<Record<Exclude<CheckState, 'measuring'>, string>>;
  readonly answered: string;
  readonly info: string;
  readonly success: string;
  readonly warning: string;
  readonly danger: string;
  readonly undone: string;
  readonly spinner: readonly string[];
  readonly pointer: string;
  /** Before a choice of which several can be marked. */
  readonly box: { readonly marked: string; readonly blank: string };
  /** Where there is no inverse to show it. */
  readonly cursor: string;
  readonly fix: string;
  readonly dot: string;
  /** The profile that commands use. */
  readonly active: string;
  readonly between: string;
  readonly earlier: string;
  readonly mask: string;
  /** Where a text was cut. */
  readonly cut: string;

  readonly rule: { readonly light: string; readonly heavy: string };
  /** Ink's name for the border whose left side is the bar of the open question. */
  readonly bar: 'bold' | 'classic';
  readonly divider: 'single' | 'classic';
  /** How the footer writes keys. */
  readonly keys: Readonly<Record<'enter' | 'upDown', string>>;
  /** Text as this terminal can show it. */
  readonly say: (text: string) => string;
}

const unicode: Symbols = {
  checks: { pass: '✓', warn: '▲', fail: '✗', unknown: '○', skip: '–' },
  answered: '›',
  info: '•',
  success: '✓',
  warning: '▲',
  danger: '✗',
  undone: '↩',
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
  pointer: '❯',
  box: { marked: '[✓]', blank: '[ ]' },
  cursor: '▏',
  fix: '→',
  dot: '●',
  active: '★',
  between: '·',
  earlier: '⋮',
  mask: '••••••••',
  cut: '…',
  rule: { light: '─', heavy: '━' },
  bar: 'bold',
  divider: 'single',
  keys: { enter: '⏎', upDown: '↑↓' },
  say: text => text,
};

const ascii: Symbols = {
  checks: { pass: '+', warn: '!', fail: 'x', unknown: 'o', skip: '-' },
  answered: '>',
  info: '*',
  success: '+',
  warning: '!',
  danger: 'x',
  undone: '<',
  spinner: ['|', '/', '-', '\\'],
  pointer: '>',
  box: { marked: '[x]', blank: '[ ]' },
  cursor: '|',
  fix: '->',
  dot: 'o',
  active: '*',
  between: '-',
  earlier: ':',
  mask: '********',
  cut: '~',
  rule: { light: '-', heavy: '=' },
  bar: 'classic',
  divider: 'classic',
  keys: { enter: 'enter', upDown: 'up/down' },
  say: text => text.replaceAll(/[•…·–—‘’“”›→\u00a0]/g, sign => spelled[sign] ?? '?'),
};

/** Unicode where the locale says UTF-8 (macOS, and Windows terminals that can, always), else ASCII. */
export function symbolsFor(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Symbols {
  return speaksUtf8(env, platform) ? unicode : ascii;
}

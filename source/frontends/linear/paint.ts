import { styleText } from 'node:util';
import type { CheckLine, Tone } from '../../flow/flow.ts';
import type { ColourLevel } from '../colour.ts';

/** How a piece of text is meant. The words carry the meaning; colours only repeat it. */
export type Look = 'plain' | 'strong' | 'quiet' | 'chosen' | 'practice' | 'production' | Tone;

type Format = Parameters<typeof styleText>[0];

const formats: Readonly<Record<Exclude<Look, 'plain'>, Format>> = {
  strong: 'bold',
  quiet: 'dim',
  chosen: 'magenta',
  info: 'cyan',
  success: 'green',
  warning: 'yellow',
  danger: 'red',
  practice: ['bold', 'cyan'],
  production: ['bold', 'whiteBright', 'bgRed'],
};

export const checkLooks: Readonly<Record<CheckLine['state'], Look>> = {
  pass: 'success',
  warn: 'warning',
  fail: 'danger',
  unknown: 'quiet',
  skip: 'quiet',
  measuring: 'quiet',
};

export type Paint = (look: Look, text: string) => string;

/** Colours by the level decided on: `styleText` by itself would look at standard output, where the results go. */
export function paintFor(level: ColourLevel): Paint {
  return (look, text) =>
    level === 0 || look === 'plain' || text === ''
      ? text
      : styleText(formats[look], text, { validateStream: false });
}

import { CastkeysError } from '../errors.ts';
import { printable } from '../printable.ts';
import type { Call } from './command.ts';

/** The one name a verb takes, or undefined where none was given. */
export function oneName({ positionals }: Call, usage: string): string | undefined {
  const [name, unexpected] = positionals;
  if (unexpected === undefined) return name;
  throw new CastkeysError(
    'usage',
    `One name was expected; ${JSON.stringify(printable(unexpected, 40))} is one too many.`,
    usage,
  );
}

/** The one name a verb can't do without. */
export function requiredName(call: Call, usage: string): string {
  const name = oneName(call, usage);
  if (name !== undefined) return name;
  throw new CastkeysError('usage', 'A name is missing.', usage);
}

import { CastkeysError } from '../errors.ts';
import { harmless } from './scrub.ts';

/**
 * A request path with every id encoded: path`/v1/auth/tokens/${id}`. Refuses what would change the path instead of
 * filling a place in it: an empty id, and `.` and `..`, which encoding leaves alone and `URL` resolves.
 */
export function path(parts: TemplateStringsArray, ...ids: readonly string[]): string {
  return parts.reduce((before, part, index) => before + segment(ids[index - 1] ?? '') + part);
}

function segment(id: string): string {
  if (id === '' || id === '.' || id === '..' || !id.isWellFormed()) {
    throw new CastkeysError(
      'usage',
      `"${harmless(id)}" is not an id. Nothing was sent.`,
      'castkeys profiles show',
    );
  }
  return encodeURIComponent(id);
}

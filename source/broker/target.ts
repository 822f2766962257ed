/** What a request is about, read so that nobody behind the broker can read it otherwise. */
export interface Target {
  /** As it was written, and as it is sent on. */
  readonly path: string;
  /** With its question mark; empty where there is none. */
  readonly query: string;
  /** The path's segments, decoded, in small letters: some servers know no difference. */
  readonly segments: readonly string[];
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/**
 * Reads a request target. There is one way to write a path: what some server could take for another path (an empty, dotted
 * or twice-encoded segment, a backslash, a path parameter) is none, and so is an absolute address.
 * @returns the problem, in words, for anything else.
 */
export function readTarget(text: string): Target | { readonly problem: string } {
  if (!text.startsWith('/')) return { problem: 'The request names a whole address instead of a path' };
  const mark = text.indexOf('?');
  const path = mark < 0 ? text : text.slice(0, mark);
  const query = mark < 0 ? '' : text.slice(mark);
  if (!/^[\x21-\x7e]*$/.test(query) || query.includes('#'))
    return { problem: 'The query holds a character that no query may hold' };
  const segments: string[] = [];
  for (const part of path.slice(1).split('/')) {
    const segment = readSegment(part);
    if (segment === undefined) return { problem: 'The path can be read in more than one way' };
    segments.push(segment.toLowerCase());
  }
  return { path, query, segments, parameters: query === '' ? [] : [...new URLSearchParams(query)] };
}

/** RFC 3986's characters of a segment, but for `;`, which some servers cut paths at. */
const written = /^(?:[A-Za-z0-9\-._~!$&'()*+,=:@]|%[0-9A-Fa-f]{2})+$/;
/** What it may stand for: nothing that separates, encodes or ends anything. */
const meant = /^[\x20-\x7e]+$/;
const separating = /[/\\%?#;]/;

/** Most segments are this: words and ids, which stand for themselves. */
const plain = /^[A-Za-z0-9_-]+$/;

function readSegment(part: string): string | undefined {
  if (plain.test(part)) return part;
  if (!written.test(part)) return undefined;
  const segment = part.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  if (!meant.test(segment) || separating.test(segment)) return undefined;
  // `..`, and what Windows takes for a name without its end.
  return /^\s|[\s.]$/.test(segment) ? undefined : segment;
}

/** A segment without the verb behind its colon: `…/clusters/ID:onboard`. */
export const nameIn = (segment: string): string => segment.split(':', 1)[0] ?? '';

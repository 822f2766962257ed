/** The values of a pattern's `{names}` in a path. */
export type PathParams = Readonly<Record<string, string>>;

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/**
 * Matches a path against a pattern such as `/v1/auth/tokens/{id}`; a last segment `*` takes whatever follows.
 * Returns the named segments, or undefined where the path is another one.
 */
export function matchPath(pattern: string, path: string): PathParams | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const open = wanted.at(-1) === '*';
  if (open) wanted.pop();
  if (open ? given.length < wanted.length : given.length !== wanted.length) return undefined;

  const params: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const segment = decoded(given[index] ?? '');
    if (segment === undefined) return undefined;
    const name = /^\{(\w+)\}$/.exec(want)?.[1];
    if (name === undefined) {
      if (segment !== want) return undefined;
    } else {
      if (segment === '') return undefined;
      params[name] = segment;
    }
  }
  return params;
}

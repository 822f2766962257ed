/** How the most careless server could read a path: decoded again and again, slashes doubled or turned, dots followed. */
export function lenientSegments(target: string): readonly string[] {
  let path = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
  for (let before = ''; before !== path; ) {
    before = path;
    path = path.replaceAll(/%([0-9a-f]{2})/gi, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
  }
  const segments: string[] = [];
  for (const part of path.replaceAll('\\', '/').split(/[?#]/)[0]?.split('/') ?? []) {
    // What servlets cut off: `/token;x=1`.
    const segment = (part.split(';')[0] ?? '')
      .trim()
      .replace(/\.+$/, match => (match.length < 3 ? match : ''));
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment.toLowerCase());
  }
  return segments;
}

/**
 * Breaks a text between words into lines of at most `columns`. A longer word (a path, a URL) keeps a line of its own
 * for the terminal to break, so that it can still be copied whole.
 */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > columns && line !== '') {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

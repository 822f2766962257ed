/**
 * Asks the terminal to mark what is pasted, so that a line end inside is no Enter: the rest of it would answer the
 * next question. The returned function takes that back; so does the end of the process, whatever way it comes.
 */
export function markPastes(output: NodeJS.WriteStream): () => void {
  const restore = () => {
    output.write('\x1b[?2004l');
  };
  output.write('\x1b[?2004h');
  process.once('exit', restore);
  return () => {
    process.off('exit', restore);
    restore();
  };
}

/** What a body turned out to be. `too-large` is only ever read as far as the limit. */
export type Body = { readonly text: string } | { readonly problem: 'too-large' };

/** Reads a body as UTF-8, up to `limit` bytes after decompression; then lets the connection go. Throws if it breaks off. */
export async function readBody(response: Response, limit: number): Promise<Body> {
  if (!response.body) return { text: '' };
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (bytes > limit) return { problem: 'too-large' };
    text += decoder.decode(chunk, { stream: true });
  }
  return { text: text + decoder.decode() };
}

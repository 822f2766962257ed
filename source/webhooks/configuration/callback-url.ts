const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a URL leads to this machine and nowhere else. */
export const isLoopbackUrl = (url: URL): boolean => loopback.test(url.hostname);

/** What is wrong with an address that a secret is to be sent to, in words; undefined where nothing is. */
export function callbackProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return 'That is no URL. It begins with https://.';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'A webhook is called over https.';
  if (url.username || url.password)
    return 'Leave the user and password out: they would be stored and logged.';
  if (url.hash) return 'Leave out what stands behind the #: it is never sent.';
  if (url.protocol === 'http:' && !isLoopbackUrl(url)) {
    return 'Over plain http anybody on the way reads the secret. Use https; http is for this machine alone.';
  }
  return undefined;
}

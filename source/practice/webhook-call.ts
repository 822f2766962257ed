/** What came of calling a webhook's URL. */
export type CallResult =
  | { readonly reached: true; readonly status: number; readonly body: string }
  | { readonly reached: false; readonly reason: string };

const limitMs = 5_000;

/** Whether a URL leads to this machine and nowhere else. The practice server calls no other. */
export function isLoopback(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/**
 * POSTs a rendered template with the configured headers and nothing else: no signature, as Cast AI sends none
 * (section 6.2). A redirect is not followed, because it could lead off this machine.
 */
export async function callWebhook(
  url: string,
  authKeys: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<CallResult> {
  if (!isLoopback(url)) {
    return { reached: false, reason: 'the practice server calls loopback addresses only' };
  }
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'User-Agent': 'castkeys-practice', ...authKeys },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
    });
    return { reached: true, status: response.status, body: await response.text() };
  } catch (thrown) {
    return { reached: false, reason: reasonOf(thrown) };
  }
}

/** fetch hides why behind "fetch failed"; the cause says it. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error ? thrown.cause.message : thrown.message;
}

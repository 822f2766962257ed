import { hmac } from '../verification/signature.ts';
import { signWebhook, standardHeaders } from '../verification/standard-webhooks.ts';

/** How the endpoint says it is proven to. */
export type ProbeScheme =
  | { readonly kind: 'token'; readonly header: string }
  | { readonly kind: 'hmac'; readonly header: string; readonly encoding: HmacEncoding }
  | { readonly kind: 'standard' };

/** How a signature is written: `sha256=` and hex, hex alone, or base64. */
export type HmacEncoding = (typeof hmacEncodings)[number];
export const hmacEncodings = ['prefixed', 'hex', 'base64'] as const;

/** A request of the probe. */
export interface ProbeRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A body as castkeys' template gives it, which says that it is a probe's. */
export function notification(id: string, at: number, filler: string): string {
  return JSON.stringify({
    id,
    timestamp: new Date(at).toISOString(),
    organizationId: '',
    severity: 'INFO',
    name: 'castkeys webhook probe',
    message: `Nothing happened: somebody tests this endpoint.${filler}`,
    details: null,
    cluster: null,
  });
}

/** The headers that prove it. */
export function proofOf(
  scheme: ProbeScheme,
  secret: string,
  id: string,
  at: number,
  body: string,
): Readonly<Record<string, string>> {
  switch (scheme.kind) {
    case 'token':
      return { [scheme.header]: secret };
    case 'hmac':
      return { [scheme.header]: written(hmac(secret, body), scheme.encoding) };
    case 'standard':
      return signWebhook({ id, timestamp: Math.floor(at / 1000), body }, secret);
  }
}

function written(mac: Buffer, encoding: HmacEncoding): string {
  return encoding === 'prefixed' ? `sha256=${mac.toString('hex')}` : mac.toString(encoding);
}

/** The request with its proof changed. */
export function withProof(
  request: ProbeRequest,
  scheme: ProbeScheme,
  change: (proof: string) => string,
): ProbeRequest {
  const header = scheme.kind === 'standard' ? standardHeaders.signature : scheme.header;
  return { ...request, headers: { ...request.headers, [header]: change(request.headers[header] ?? '') } };
}

/** The request with one white space more in its body. */
export const altered = ({ headers, body }: ProbeRequest): ProbeRequest => ({
  headers,
  body: body.replace('{', '{ '),
});

/** Of the same length and alphabet, and another in its middle. */
export function swapped(proof: string): string {
  const middle = proof.length >> 1;
  return `${proof.slice(0, middle)}${proof.charAt(middle) === 'A' || proof.charAt(middle) === 'a' ? 'b' : 'a'}${proof.slice(middle + 1)}`;
}

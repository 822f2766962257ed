import type { IncomingMessage } from 'node:http';
import type { Role } from '../profiles/profiles.ts';
import { forbidden, malformed, type Refusal } from './refusal.ts';
import { readTarget, type Target } from './target.ts';
import type { Tickets } from './tickets.ts';

/** A request that may be looked at: it came to this broker, with one of its tokens, and can be read in one way only. */
export interface Admitted {
  readonly role: Role;
  readonly method: string;
  readonly target: Target;
  readonly organizationId: string | undefined;
  /** Bytes of the body; undefined where it comes in chunks. 0 where there is none. */
  readonly bodyLength: number | undefined;
}

/** Headers that a request has at most once; a second one is somebody's attempt to be read in two ways. */
const single: ReadonlySet<string> = new Set([
  'host',
  'x-api-key',
  'authorization',
  'content-length',
  'transfer-encoding',
  'x-castai-organization-id',
]);

/** Headers (and parameters) by which frameworks take a request for another one than it says. */
const override =
  /^(?:x-)?(?:http-?)?method(?:-?override)?$|^x-(?:original|rewrite|forwarded)-(?:url|uri|path|method|prefix)$|^x-http-path/i;
const overrideParameter = /^_method$|method.?override|^\$?http.?method$/i;

/** Looks at a request before anything else is done about it. `port` is where the broker listens. */
export function admit(
  request: Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'method' | 'url'>,
  { port, tickets }: { readonly port: number; readonly tickets: Tickets },
): Admitted | { readonly refusal: Refusal } {
  const { headers } = request;
  if (!isOurHost(headers.host, port)) return { refusal: foreignHost };
  const role = tickets.roleOf(presentedIn(headers) ?? '');
  if (!role) return { refusal: noToken };
  const names = namesIn(request.rawHeaders);
  if (names.twice !== undefined)
    return { refusal: malformed(`The request has more than one ${names.twice} header`) };
  const target = readTarget(request.url ?? '');
  if ('problem' in target) return { refusal: malformed(target.problem) };
  if (names.overrides || target.parameters.some(([name]) => overrideParameter.test(name))) {
    return { refusal: overridden };
  }
  const body = bodyOf(headers);
  if (body === 'unclear')
    return { refusal: malformed('How long the body is can be read in more than one way') };
  const method = request.method ?? '';
  if ((method === 'GET' || method === 'HEAD') && body !== 0)
    return { refusal: malformed(`A ${method} has no body`) };
  const organizationId = headers['x-castai-organization-id'];
  return {
    role,
    method,
    target,
    organizationId: typeof organizationId === 'string' ? organizationId : undefined,
    bodyLength: body,
  };
}

/** Looks through the names of a request's headers, once. */
function namesIn(raw: readonly string[]): {
  readonly twice: string | undefined;
  readonly overrides: boolean;
} {
  const seen: string[] = [];
  let overrides = false;
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    if (single.has(name)) {
      if (seen.includes(name)) return { twice: name, overrides };
      seen.push(name);
    } else overrides ||= override.test(name);
  }
  return { twice: undefined, overrides };
}

const foreignHost: Refusal = forbidden(
  'host',
  'The request was sent to another name than 127.0.0.1, as a web page does that tricks a browser into asking here.',
  'send it to the address in CASTAI_API_URL',
);

const noToken: Refusal = forbidden(
  'token',
  "The request does not carry this run's token.",
  'send CASTAI_API_TOKEN of this very run, as X-API-Key or as Authorization: Bearer',
);

const overridden: Refusal = forbidden(
  'override',
  'The request asks to be taken for another method or path than it has.',
  'send it with the method and the path that are meant',
);

function isOurHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host?.toLowerCase() === `localhost:${port}`;
}

/** The token in `X-API-Key` or `Authorization: Bearer`; undefined where there is none, or two that differ. */
function presentedIn(headers: IncomingMessage['headers']): string | undefined {
  const apiKey = headers['x-api-key'];
  const bearer = /^(?:Bearer|Token) +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const given = [typeof apiKey === 'string' ? apiKey : undefined, bearer].filter(
    token => token !== undefined,
  );
  return new Set(given).size === 1 ? given[0] : undefined;
}

function bodyOf(headers: IncomingMessage['headers']): number | undefined | 'unclear' {
  const length = headers['content-length'];
  const coding = headers['transfer-encoding'];
  if (coding !== undefined)
    return coding.toLowerCase() === 'chunked' && length === undefined ? undefined : 'unclear';
  if (length === undefined) return 0;
  return /^\d{1,15}$/.test(length) ? Number(length) : 'unclear';
}

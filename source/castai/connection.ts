import { setTimeout as wait } from 'node:timers/promises';
import { CastkeysError } from '../errors.ts';
import { Secret } from '../keychain/secret.ts';
import { originOf } from './regions.ts';

/** A key that may be another one tomorrow: a rotation takes place while a program runs. */
export interface KeySource {
  /** The key as it is now. */
  readonly current: () => Promise<Secret>;
  /** Asked after a 401: another key than the one that was refused, if there is one by now. */
  readonly renewed: (refused: Secret) => Promise<Secret | undefined>;
}

export interface ClientOptions {
  /** Where the key was verified; see `originOf`. The client never sends it to another host. */
  readonly origin: string;
  readonly secret: Secret | KeySource;
  /** The organization the profile names: in the path of what belongs to one, and in `X-CastAI-Organization-Id`. */
  readonly organizationId?: string;
  /** Default `x-api-key`. `bearer` is for the routes that want the same key as a bearer token (section 1.2). */
  readonly authorization?: 'x-api-key' | 'bearer';
  readonly fetch?: typeof fetch;
  /** Of one try, to the last byte of the answer. Default 10,000 ms. */
  readonly timeoutMs?: number;
  /** Further tries of what may safely be repeated. Default 3. */
  readonly retries?: number;
  /** All pauses between the tries of one call together; a longer `Retry-After` ends the call. Default 30,000 ms. */
  readonly patienceMs?: number;
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Between 0 and 1, for jitter. */
  readonly random?: () => number;
  readonly now?: () => number;
  /** Ends every call, also one that pauses, with an error of kind `cancelled`. */
  readonly signal?: AbortSignal;
  readonly userAgent?: string;
}

/** A client's options with everything filled in, and what its calls have observed. */
export interface Connection extends Required<Omit<ClientOptions, 'organizationId' | 'signal' | 'secret'>> {
  /** What is sent; empty until `source` was asked. */
  readonly secret: Secret;
  readonly source: KeySource | undefined;
  readonly host: string;
  /** The organization in paths. */
  readonly organizationId: string | undefined;
  /** Only if the profile names one: unknown organizations answer 500 (section 4.5). */
  readonly sendsOrganization: boolean;
  readonly signal: AbortSignal | undefined;
  /** When every call has to be over, on `performance.now()`, which no clock change moves. */
  readonly endsAt: number;
  readonly serverClock: ServerClock;
}

/** How far this machine's clock is ahead of the server's (negative: behind), from the newest answer that said the time. */
export interface ServerClock {
  skewMs: number | undefined;
}

export function connect(options: ClientOptions): Connection {
  const origin = originOf(options.origin);
  return {
    origin,
    host: new URL(origin).host,
    secret: 'current' in options.secret ? new Secret('') : options.secret,
    source: 'current' in options.secret ? options.secret : undefined,
    organizationId: options.organizationId,
    sendsOrganization: options.organizationId !== undefined,
    authorization: options.authorization ?? 'x-api-key',
    fetch: options.fetch ?? fetch,
    timeoutMs: options.timeoutMs ?? 10_000,
    retries: options.retries ?? 3,
    patienceMs: options.patienceMs ?? 30_000,
    sleep: options.sleep ?? ((ms, signal) => wait(ms, undefined, { ...(signal && { signal }) })),
    random: options.random ?? Math.random,
    now: options.now ?? Date.now,
    signal: options.signal,
    userAgent: options.userAgent ?? `castkeys/${version()}`,
    endsAt: Number.POSITIVE_INFINITY,
    serverClock: { skewMs: undefined },
  };
}

export interface Limits {
  readonly signal?: AbortSignal;
  readonly totalMs?: number;
}

/** The same connection with less time; limits only ever get tighter. */
export function limited(connection: Connection, { signal, totalMs }: Limits): Connection {
  const both = signal && connection.signal ? AbortSignal.any([signal, connection.signal]) : undefined;
  return {
    ...connection,
    signal: both ?? signal ?? connection.signal,
    endsAt: Math.min(connection.endsAt, performance.now() + (totalMs ?? Number.POSITIVE_INFINITY)),
  };
}

/** How long a single try may still take, in ms; zero or less when there is no time left. */
export function timeForOneTry({ timeoutMs, endsAt }: Connection): number {
  return Math.min(timeoutMs, endsAt - performance.now());
}

// Put in place by the build; run from source there is none.
function version(): string {
  return typeof CASTKEYS_VERSION === 'string' ? CASTKEYS_VERSION : '0.0.0-source';
}

/** The organization whose things a call is about. Throws a `usage` error if the client has none. */
export function organizationIn({ organizationId }: Connection): string {
  if (organizationId !== undefined) return organizationId;
  throw new CastkeysError(
    'usage',
    'No organization is named. Nothing was sent.',
    'castkeys profiles edit --organization ID',
  );
}

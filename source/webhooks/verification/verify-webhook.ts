import { usualWebhookHeader } from '../../profiles/profiles.ts';
import { freshness } from './freshness.ts';
import { headerOf, rawBodyOf, type WebhookRequest } from './incoming.ts';
import type { ReplayMemory } from './replay-memory.ts';
import { isSameText, type Notification, readOwnTemplate, type WebhookScheme } from './scheme.ts';
import { type HmacSecret, hmac, isSecret, signatureBytes } from './signature.ts';
import { isSignedBy, isWebhookId, standardHeaders } from './standard-webhooks.ts';
import { type Refusal, refused, type Verdict } from './verdict.ts';

export interface VerifyWebhookOptions {
  /** The secret, or all that are accepted while one takes the place of another, the newest first. Unset ones are passed over. */
  readonly secret: HmacSecret | undefined | readonly (HmacSecret | undefined)[];
  /** Default `{ kind: 'standard' }`. */
  readonly scheme?: WebhookScheme;
  /** How old a webhook may be, and how far in the future: seconds, default 300. `Infinity` takes any age. */
  readonly toleranceSeconds?: number;
  /** Refuses a webhook that was taken before. Without it, one can be sent again for as long as it is fresh. */
  readonly replay?: ReplayMemory;
  /** Default 1 MiB. */
  readonly maxBytes?: number;
  /** ms since the epoch. */
  readonly now?: () => number;
}

/** What a scheme makes of a request: who signed it, and what it says of itself. */
type Proof =
  | { readonly secretIndex: number; readonly id?: unknown; readonly timestamp?: unknown }
  | { readonly reason: Refusal };

const usualTolerance = 300;
const usualMaxBytes = 1024 * 1024;

/**
 * Whether a webhook is genuine, fresh, and not a replay. Reads the request's body; the verdict has it as it came.
 *
 * Takes a web-standard `Request`, Node's `IncomingMessage`, or `{ headers, body }` with the raw body. Answer a refusal with 401
 * and nothing else: the reason is for your log. Never throws and never rejects, whatever was sent.
 */
export async function verifyWebhook(
  request: WebhookRequest,
  options: VerifyWebhookOptions,
): Promise<Verdict> {
  const given: readonly unknown[] = Array.isArray(options.secret) ? options.secret : [options.secret];
  const secrets = given.filter(isSecret);
  if (secrets.length === 0) return refused('no-secret');
  const scheme = options.scheme ?? { kind: 'standard' };
  const raw = await rawBodyOf(request, options.maxBytes ?? usualMaxBytes);
  if ('trouble' in raw) return refused(raw.trouble);
  const proof = prove(request, raw.bytes, scheme, secrets);
  if ('reason' in proof) return refused(proof.reason);
  return judge(proof, raw.bytes, scheme, options);
}

async function judge(
  { secretIndex, id, timestamp }: Exclude<Proof, { reason: Refusal }>,
  body: Buffer,
  scheme: WebhookScheme,
  { toleranceSeconds = usualTolerance, replay, now = Date.now }: VerifyWebhookOptions,
): Promise<Verdict> {
  const hasTime = scheme.kind !== 'hmac' || scheme.timestampHeader !== undefined;
  const mayBeOld = toleranceSeconds === Number.POSITIVE_INFINITY;
  const time = now();
  const fresh = freshness(timestamp, time, toleranceSeconds);
  if (hasTime && !mayBeOld && 'reason' in fresh) return refused(fresh.reason);
  const sentAt = 'sentAt' in fresh ? fresh.sentAt : undefined;
  const known = typeof id === 'string' && isWebhookId(id) ? id : undefined;
  if (replay) {
    if (known === undefined) return refused('no-id');
    // From then on the timestamp refuses it: at the tolerance itself it is still fresh.
    const until = (sentAt?.getTime() ?? time) + toleranceSeconds * 1000 + 1;
    const refusal = await claimIn(replay, known, until);
    if (refusal) return refused(refusal);
  }
  return {
    verified: true,
    body,
    secretIndex,
    ...(known === undefined ? {} : { id: known }),
    ...(sentAt ? { sentAt } : {}),
    release: async () => {
      if (known !== undefined) await replay?.release(known);
    },
  };
}

async function claimIn(memory: ReplayMemory, id: string, until: number): Promise<Refusal | undefined> {
  try {
    const claim = await memory.claim(id, until);
    if (claim === 'fresh') return undefined;
    return claim === 'seen' ? 'replayed' : 'memory-full';
  } catch {
    return 'memory-failed';
  }
}

function prove(
  request: WebhookRequest,
  body: Buffer,
  scheme: WebhookScheme,
  secrets: readonly HmacSecret[],
): Proof {
  switch (scheme.kind) {
    case 'standard':
      return proveStandard(request, body, secrets);
    case 'hmac': {
      const signature = headerOf(request, scheme.header ?? 'x-webhook-signature');
      if (signature === undefined) return { reason: 'no-signature' };
      const timestamp = scheme.timestampHeader && headerOf(request, scheme.timestampHeader);
      if (scheme.timestampHeader && !timestamp) return { reason: 'no-timestamp' };
      const given = signatureBytes(signature);
      const parts = timestamp ? [`${timestamp}.`, body] : [body];
      const secretIndex = given ? indexOf(secrets, secret => isSameText(hmac(secret, ...parts), given)) : -1;
      return secretIndex < 0 ? { reason: 'wrong-signature' } : { secretIndex, timestamp, id: idIn(given) };
    }
    case 'token': {
      const token = headerOf(request, scheme.header ?? usualWebhookHeader);
      if (token === undefined) return { reason: 'no-signature' };
      const { prefix = '', read = readOwnTemplate } = scheme;
      const value = token.startsWith(prefix) ? token.slice(prefix.length) : '';
      const secretIndex = indexOf(secrets, secret => isSameText(value, secret));
      return secretIndex < 0 ? { reason: 'wrong-token' } : { secretIndex, ...notificationIn(body, read) };
    }
  }
}

function proveStandard(request: WebhookRequest, body: Buffer, secrets: readonly HmacSecret[]): Proof {
  const [id, timestamp, signature] = [
    headerOf(request, standardHeaders.id),
    headerOf(request, standardHeaders.timestamp),
    headerOf(request, standardHeaders.signature),
  ];
  if (signature === undefined) return { reason: 'no-signature' };
  if (id === undefined || !isWebhookId(id)) return { reason: 'no-id' };
  if (timestamp === undefined) return { reason: 'no-timestamp' };
  const secretIndex = indexOf(secrets, secret => isSignedBy(signature, { id, timestamp, body }, secret));
  return secretIndex < 0 ? { reason: 'wrong-signature' } : { secretIndex, id, timestamp };
}

/** The first secret that fits; all of them are tried, so that the time doesn't tell which. */
function indexOf(secrets: readonly HmacSecret[], fits: (secret: HmacSecret) => boolean): number {
  return secrets.map(fits).indexOf(true);
}

/** Where nothing else tells two webhooks apart, their signatures do. */
const idIn = (signature: Buffer | undefined): string | undefined => signature?.toString('hex');

function notificationIn(body: Buffer, read: (body: unknown) => Notification): Notification {
  try {
    return read(JSON.parse(body.toString()));
  } catch {
    // What isn't JSON, or isn't what the reader expects, tells neither id nor time.
    return {};
  }
}

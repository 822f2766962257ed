import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type CastaiClient, CastaiError } from '../castai/castai.ts';
import { withLock } from '../home/home.ts';
import type { Install } from '../install/install.ts';
import type { Secret } from '../keychain/secret.ts';
import { addIntent, dropIntent, type Intent, readIntents } from './intents.ts';

export interface IssueRequest {
  readonly install: Install;
  /** An Owner's client, in the organization. */
  readonly admin: CastaiClient;
  readonly organizationId: string;
  readonly account: { readonly id: string; readonly name: string };
  /** What the key's name begins with: `castkeys/staging/writer`. */
  readonly namedAfter: string;
  /** Absent: it never expires. */
  readonly expiresInDays?: number;
}

/** A key that Cast AI made just now. */
export interface IssuedKey {
  readonly id: string;
  readonly name: string;
  readonly secret: Secret;
  readonly createdAt?: string;
  readonly expiresAt?: string;
  readonly accountId: string;
}

const day = 86_400_000; // ms

/** A list may lag behind a creation; after this the key of an intent is taken for never made. ms. */
const listedWithin = 10 * 60_000;

/**
 * Makes a key and hands it to `keep`, which stores it, before anything else happens. The intent is on disk before the
 * call: where the answer or this process is lost, the next one removes the key that nobody has.
 *
 * @throws what the call or `keep` throws; the key is deleted then, as far as it can be reached.
 */
export async function issueKey<T>(request: IssueRequest, keep: (key: IssuedKey) => Promise<T>): Promise<T> {
  const { install } = request;
  return withLock(join(install.home.state, 'intents.lock'), async () => {
    await removeOrphans(request);
    const intent = intentOf(request);
    await addIntent(install.home, intent);
    const made = await make(request, intent.name);
    try {
      const kept = await keep(made);
      await dropIntent(install.home, intent.name);
      return kept;
    } catch (thrown) {
      // Where this fails, too, the intent is left for the next one.
      await revokeIssued(request.admin, made).then(
        () => dropIntent(install.home, intent.name),
        () => {},
      );
      throw thrown;
    }
  });
}

/** Deletes a key that was issued; it being gone already is fine. */
export async function revokeIssued(
  admin: CastaiClient,
  { id, accountId }: Pick<IssuedKey, 'id' | 'accountId'>,
): Promise<void> {
  try {
    await admin.serviceAccounts.keys(accountId).delete(id);
  } catch (thrown) {
    if (!(thrown instanceof CastaiError) || thrown.kind !== 'not-found') throw thrown;
  }
}

function intentOf({ install, admin, organizationId, account, namedAfter }: IssueRequest): Intent {
  return {
    origin: admin.origin,
    organizationId,
    accountId: account.id,
    name: `${namedAfter}/${randomBytes(4).toString('hex')}-1`,
    at: install.clock().toISOString(),
  };
}

async function make(
  { install, admin, account, expiresInDays }: IssueRequest,
  name: string,
): Promise<IssuedKey> {
  const keys = admin.serviceAccounts.keys(account.id);
  const expiresAt =
    expiresInDays === undefined
      ? {}
      : { expiresAt: new Date(install.clock().getTime() + expiresInDays * day).toISOString() };
  try {
    const { id, token, createdAt, expiresAt: expires } = await keys.create({ name, ...expiresAt });
    return {
      id,
      name,
      secret: token,
      accountId: account.id,
      ...(createdAt === undefined ? {} : { createdAt }),
      ...(expires === undefined ? {} : { expiresAt: expires }),
    };
  } catch (thrown) {
    if (!(thrown instanceof CastaiError) || !thrown.mayHaveHappened) await dropIntent(install.home, name);
    throw thrown;
  }
}

/** Deletes the keys of intents that came to nothing: made, and then lost with their maker. */
async function removeOrphans({ install, admin, organizationId }: IssueRequest): Promise<void> {
  const now = install.clock().getTime();
  for (const intent of readIntents(install.home)) {
    if (intent.origin !== admin.origin || intent.organizationId !== organizationId) continue;
    const listed = await admin.serviceAccounts.keys(intent.accountId).list().catch(whereGone);
    const orphan = listed.find(({ name }) => name === intent.name);
    if (orphan && !isKept(install, orphan.id))
      await revokeIssued(admin, { id: orphan.id, accountId: intent.accountId });
    if (orphan || now - Date.parse(intent.at) > listedWithin) await dropIntent(install.home, intent.name);
  }
}

/** Where the account is gone, so are its keys. */
function whereGone(thrown: unknown): readonly never[] {
  if (thrown instanceof CastaiError && thrown.kind === 'not-found') return [];
  throw thrown;
}

/** Whether some place points to the key. */
function isKept({ config }: Install, keyId: string): boolean {
  const { profiles = {}, credentials = {}, admins = {} } = config() ?? {};
  const used = [
    ...Object.values(profiles).flatMap(({ slots }) => Object.values(slots)),
    ...Object.values(admins),
  ];
  return used.some(id => id !== undefined && credentials[id]?.keyId === keyId);
}

import { CastaiError } from '../castai/castai.ts';
import { idAt } from '../credentials/credentials.ts';
import { CastkeysError } from '../errors.ts';
import { troubleError } from '../keychain/keychain.ts';
import { type Attempt, currentAttempt, type Journal } from './journal.ts';
import type { KeyKeeper, KeySeen } from './keeper.ts';
import type { AttemptSeen, Look, Observed, Unknown } from './observed.ts';
import type { World } from './world.ts';

/** Looks at everything a decision rests on. What can't be asked is unknown; only a cancelled call throws. */
export async function observe(world: World, journal: Journal): Promise<Observed> {
  const config = world.config();
  const attempt = currentAttempt(journal);
  const current = config && idAt(config, journal.place);
  const pointer = pointerOf(journal, current);
  const [old, attempts] = await Promise.all([lookAtOld(world, journal), lookAtAttempts(world, journal)]);
  const retired = config?.retired?.[journal.old.credentialId]?.retiredAt;
  const isOldOn = old.listed.state === 'seen' && old.listed.value.isActive;
  return {
    journal,
    now: world.clock().getTime(),
    skew: world.skew(),
    pointer,
    attempts,
    promotedAt: pointer === 'new' && retired !== undefined ? Date.parse(retired) : undefined,
    old,
    newWorks: pointer === 'new' && isOldOn && attempt ? await tryNew(world, attempt) : 'not-asked',
    consumers: world.consumers.map(({ id, title }) => {
      const has = journal.deliveries[id]?.credentialId;
      const failure = world.failures.get(id);
      return {
        id,
        title,
        ...(has === undefined ? {} : { has }),
        ...(failure === undefined ? {} : { failure }),
      };
    }),
    holdersOfOld: world.runs(journal.old.credentialId),
    holdersOfNew: journal.attempts.flatMap(({ credentialId }) => world.runs(credentialId)),
    isBlind: journal.way === 'manual' && old.isHidden,
  };
}

function pointerOf({ old, attempts }: Journal, current: string | undefined): Observed['pointer'] {
  if (current === old.credentialId) return 'old';
  return attempts.some(({ credentialId }) => credentialId === current) ? 'new' : 'other';
}

async function lookAtOld(world: World, journal: Journal) {
  const { keyId, credentialId, owner } = journal.old;
  const asked: AskedKey =
    keyId === undefined
      ? {
          look: {
            state: 'unknown',
            reason: "Which of Cast AI's keys the old one is is not known.",
            code: 'rotation-stuck',
          },
          isHidden: true,
        }
      : await askForKey(world, journal, owner, keyId);
  return { listed: asked.look, isHidden: asked.isHidden, value: await lookAtValue(world, credentialId) };
}

interface AskedKey {
  readonly look: Look<KeySeen>;
  /** No credential here may look. */
  readonly isHidden: boolean;
}

/** Gone is what neither its own address nor the list has. */
async function askForKey(
  world: World,
  journal: Journal,
  owner: Journal['owner'],
  keyId: string,
): Promise<AskedKey> {
  try {
    const keeper = await world.keeper(journal, owner);
    const found = (await keeper.find(keyId)) ?? (await keeper.list()).find(({ id }) => id === keyId);
    return { look: found ? { state: 'seen', value: found } : { state: 'absent' }, isHidden: false };
  } catch (thrown) {
    return { look: { state: 'unknown', ...unknownBy(thrown) }, isHidden: mayNotLook(thrown) };
  }
}

const mayNotLook = (thrown: unknown): boolean =>
  thrown instanceof CastkeysError &&
  (thrown.code === 'key-forbidden' || thrown.code === 'credential-missing');

async function lookAtAttempts(world: World, journal: Journal): Promise<readonly AttemptSeen[]> {
  if (journal.attempts.length === 0) return [];
  const listed = await listKeys(world, journal);
  const { credentials = {} } = world.config() ?? {};
  return Promise.all(
    journal.attempts.map(async attempt => ({
      attempt,
      listed: await findAttempt(listed, attempt),
      value: await lookAtValue(world, attempt.credentialId),
      isRegistered: Object.hasOwn(credentials, attempt.credentialId),
    })),
  );
}

type Listing = { readonly keeper: KeyKeeper; readonly keys: readonly KeySeen[] } | Unknown;

async function listKeys(world: World, journal: Journal): Promise<Listing> {
  try {
    const keeper = await world.keeper(journal, journal.owner);
    return { keeper, keys: await keeper.list() };
  } catch (thrown) {
    return unknownBy(thrown);
  }
}

/** By the exact name that only we used; a list may lack it for a while, so one with an id is asked for, too. */
async function findAttempt(listing: Listing, { name, keyId }: Attempt): Promise<Look<KeySeen>> {
  if ('reason' in listing) return { state: 'unknown', ...listing };
  const listed = listing.keys.find(key => key.id === keyId || (name !== '' && key.name === name));
  if (listed) return { state: 'seen', value: listed };
  if (keyId === undefined) return { state: 'absent' };
  try {
    const found = await listing.keeper.find(keyId);
    return found ? { state: 'seen', value: found } : { state: 'absent' };
  } catch (thrown) {
    return { state: 'unknown', ...unknownBy(thrown) };
  }
}

async function lookAtValue(world: World, id: string): Promise<Look<true>> {
  const result = await (await world.keychain()).read({ kind: 'credential', id });
  if (result.state === 'value') return { state: 'seen', value: true };
  if (result.state === 'absent') return { state: 'absent' };
  const { code, message } = troubleError(result);
  return { state: 'unknown', reason: message, code };
}

async function tryNew(world: World, { credentialId }: Attempt): Promise<Observed['newWorks']> {
  const result = await (await world.keychain()).read({ kind: 'credential', id: credentialId });
  if (result.state !== 'value') return 'unknown';
  const { outcome } = await world.tryKey(result.secret);
  return outcome === 'valid' ? 'yes' : outcome === 'invalid' ? 'no' : 'unknown';
}

/** Cancelling is no observation, nor is a bug. */
function unknownBy(thrown: unknown): Unknown {
  if (thrown instanceof CastaiError && thrown.kind === 'cancelled') throw thrown;
  if (thrown instanceof CastkeysError) return { reason: thrown.message, code: thrown.code };
  throw thrown;
}

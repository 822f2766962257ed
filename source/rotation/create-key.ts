import { CastaiError } from '../castai/castai.ts';
import type { Secret } from '../keychain/secret.ts';
import type { Credential } from '../profiles/profiles.ts';
import { type Attempt, currentAttempt, type Journal, withAttempt, withProof } from './journal.ts';
import type { KeyMade } from './keeper.ts';
import { saved, type World } from './world.ts';

const day = 24 * 60 * 60 * 1000;

/**
 * Makes the new key and has it in the keychain. The name is on disk before the call, the id before the value is written,
 * and whatever is lost in between is found again by that name.
 */
export async function createKey(world: World, journal: Journal): Promise<Journal> {
  const attempt: Attempt = {
    name: nameOf(journal),
    credentialId: world.newId(),
    begunAt: world.clock().toISOString(),
  };
  const intended = await saved(world, { ...journal, attempts: [...journal.attempts, attempt] });
  const keeper = await world.keeper(intended, intended.owner);
  const made = await keeper
    .create({ name: attempt.name, ...expiry(world, intended) })
    .catch(thrown => giveUpUnmade(world, intended, attempt, thrown));
  const known = await saved(world, withAttempt(intended, attempt.credentialId, idsOf(made)));
  try {
    await (await world.keychain()).write({ kind: 'credential', id: attempt.credentialId }, made.token);
  } catch (thrown) {
    // Nobody has the value any more: the key goes again. If that fails too, the next look finds it by its name.
    await removeAttempt(world, known, attempt.credentialId, made.id).catch(() => {});
    throw thrown;
  }
  const evidence = `${attempt.name} was made by Cast AI, and its value read back from the keychain`;
  return saved(world, withProof(known, 'stored', world.clock(), evidence));
}

/** A key that a person made in the console: written down, then stored like one of ours. */
export async function storeGivenKey(
  world: World,
  journal: Journal,
  given: Secret,
  key?: Omit<KeyMade, 'token'> & { readonly name?: string },
): Promise<Journal> {
  const attempt: Attempt = {
    name: key?.name ?? '',
    credentialId: world.newId(),
    begunAt: world.clock().toISOString(),
    ...(key ? idsOf(key) : {}),
  };
  const intended = await saved(world, { ...journal, attempts: [...journal.attempts, attempt] });
  await (await world.keychain()).write({ kind: 'credential', id: attempt.credentialId }, given);
  const evidence = 'the pasted key was read back from the keychain';
  return saved(world, withProof(intended, 'stored', world.clock(), evidence));
}

/** Registers the key that is in the keychain: a record without which nothing may point to it. */
export async function registerKey(world: World, journal: Journal): Promise<Journal> {
  const attempt = currentAttempt(journal);
  if (!attempt) return journal;
  const keychain = await world.keychain();
  const value = await keychain.read({ kind: 'credential', id: attempt.credentialId });
  if (value.state !== 'value') return journal;
  const fingerprint = await world.fingerprint(value.secret);
  await world.update(config => {
    const old = config.credentials[journal.old.credentialId];
    const { owner } = journal;
    const credential: Credential = {
      origin: old?.origin ?? '',
      ...(old?.organization ? { organization: old.organization } : {}),
      owner: { kind: owner.kind, id: owner.id, ...(owner.name === undefined ? {} : { name: owner.name }) },
      ...(attempt.keyId === undefined ? {} : { keyId: attempt.keyId }),
      ...(attempt.name === '' ? {} : { name: attempt.name }),
      ...(attempt.createdAt === undefined ? {} : { createdAt: attempt.createdAt }),
      ...(attempt.expiresAt === undefined ? {} : { expiresAt: attempt.expiresAt }),
      addedAt: attempt.begunAt,
      fingerprint,
      store: keychain.store,
    };
    return { ...config, credentials: { ...config.credentials, [attempt.credentialId]: credential } };
  });
  return journal;
}

/** Ends an attempt that nobody has the value of: the key, where there is one, and then what castkeys has of it. */
export async function removeAttempt(
  world: World,
  journal: Journal,
  credentialId: string,
  keyId?: string,
): Promise<Journal> {
  if (keyId !== undefined) await (await world.keeper(journal, journal.owner)).delete(keyId);
  const before = journal.attempts.find(attempt => attempt.credentialId === credentialId);
  if (before?.givenUpAt !== undefined) return journal;
  // A key that was deleted while its value is here still is taken out of the keychain by what comes next.
  if (journal.goal === 'rollback') return journal;
  return saved(world, withAttempt(journal, credentialId, { givenUpAt: world.clock().toISOString() }));
}

const nameOf = ({ id, place, attempts }: Journal): string => {
  const where = place.kind === 'slot' ? `${place.profile}/${place.role}` : 'admin';
  return `castkeys/${where}/${id}-${attempts.length + 1}`;
};

/** Counted from Cast AI's clock, as far as it is known. */
function expiry(world: World, { expiresInDays }: Journal): { readonly expiresAt?: string } {
  if (expiresInDays === undefined) return {};
  const now = world.clock().getTime() - (world.skew() ?? 0);
  return { expiresAt: new Date(now + expiresInDays * day).toISOString() };
}

const idsOf = ({ id, createdAt, expiresAt }: Omit<KeyMade, 'token'>): Partial<Attempt> => ({
  keyId: id,
  ...(createdAt === undefined ? {} : { createdAt }),
  ...(expiresAt === undefined ? {} : { expiresAt }),
});

/** Nothing was made, if that is certain; else the attempt stays open until looking has told. */
async function giveUpUnmade(
  world: World,
  journal: Journal,
  attempt: Attempt,
  thrown: unknown,
): Promise<never> {
  if (thrown instanceof CastaiError && !thrown.mayHaveHappened) {
    await saved(
      world,
      withAttempt(journal, attempt.credentialId, { givenUpAt: world.clock().toISOString() }),
    );
  }
  throw thrown;
}

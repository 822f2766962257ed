import { withRetired } from '../credentials/credentials.ts';
import { CastkeysError } from '../errors.ts';
import type { Config } from '../profiles/profiles.ts';
import { type Journal, secondsToDead, withAttempt, withProof } from './journal.ts';
import type { Progress } from './perform.ts';
import { saved, type World } from './world.ts';

/** Refusals in a row that count as dead. */
const wanted = 2;
const pause = 200;
const patience = 60_000;

/** Switches the old key off; that can be taken back until it is deleted. */
export async function disableOld(world: World, journal: Journal): Promise<Journal> {
  const keyId = oldKeyId(journal);
  // What an earlier time was seen says nothing of this one.
  const { disabledAt: _, deadAt: __, ...rest } = journal;
  const intended = await saved(world, rest);
  await (await world.keeper(intended, intended.old.owner)).setActive(keyId, false);
  const now = world.clock();
  return saved(
    world,
    withProof(
      { ...intended, disabledAt: now.toISOString() },
      'disabled',
      now,
      'Cast AI switched the old key off',
    ),
  );
}

export async function enableOld(world: World, journal: Journal): Promise<Journal> {
  await (await world.keeper(journal, journal.old.owner)).setActive(oldKeyId(journal), true);
  const { deadAt: _, ...rest } = journal;
  return saved(world, rest);
}

/** Sees the old key refused, several times in a row. Only this says that it is dead; an answer to a switch doesn't. */
export async function proveDead(world: World, journal: Journal, progress: Progress): Promise<Journal> {
  const value = await (await world.keychain()).read({ kind: 'credential', id: journal.old.credentialId });
  if (value.state === 'absent')
    return dead(world, journal, 'Cast AI lists it as off; its value is no longer here to try');
  if (value.state !== 'value') throw new CastkeysError('keychain-locked', value.reason, 'castkeys doctor');
  const giveUp = world.clock().getTime() + patience;
  for (let inARow = 0; ; ) {
    const verdict = await world.tryKey(value.secret);
    if (verdict.outcome === 'unknown') throw verdict.error;
    inARow = verdict.outcome === 'invalid' ? inARow + 1 : 0;
    progress(inARow > 0 ? `refused ${inARow} of ${wanted} times` : 'still accepted');
    if (inARow >= wanted) return dead(world, journal, `the old key got 401 ${wanted} times in a row`);
    if (world.clock().getTime() >= giveUp) throw stillAlive();
    await world.sleep(pause);
  }
}

async function dead(world: World, journal: Journal, evidence: string): Promise<Journal> {
  const now = world.clock();
  const deadAt = now.toISOString();
  const seconds = secondsToDead({ ...journal, deadAt })?.toFixed(1);
  const told = journal.isEmergency ? `${evidence}, ${seconds} s after the start` : evidence;
  return saved(world, withProof({ disabledAt: deadAt, ...journal, deadAt }, 'dead', now, told));
}

export async function deleteOld(world: World, journal: Journal): Promise<Journal> {
  await (await world.keeper(journal, journal.old.owner)).delete(oldKeyId(journal));
  return saved(world, journal);
}

/** Ends the rotation: the old key is gone at Cast AI, and its value goes from the keychain; its fingerprint stays known. */
export async function forgetOld(
  world: World,
  journal: Journal,
  evidence = 'Cast AI no longer has the old key',
): Promise<Journal> {
  const { credentialId } = journal.old;
  const now = world.clock();
  await (await world.keychain()).remove({ kind: 'credential', id: credentialId });
  await world.update(config => forgotten(config, credentialId, now));
  return saved(
    world,
    withProof({ ...journal, ending: 'deleted', endedAt: now.toISOString() }, 'deleted', now, evidence),
  );
}

/** Takes a new key that is gone at Cast AI out of the keychain and the registry. */
export async function forgetNew(world: World, journal: Journal, credentialId: string): Promise<Journal> {
  await (await world.keychain()).remove({ kind: 'credential', id: credentialId });
  await world.update(({ credentials: { [credentialId]: _, ...credentials }, ...config }) => ({
    ...config,
    credentials,
  }));
  return saved(world, withAttempt(journal, credentialId, { givenUpAt: world.clock().toISOString() }));
}

function forgotten(config: Config, id: string, now: Date): Config {
  const { [id]: _, ...credentials } = config.credentials;
  const known = config.retired?.[id];
  const kept = known ? withRetired(config, id, { ...known, goneAt: now.toISOString() }) : config;
  return { ...kept, credentials };
}

function oldKeyId({ old }: Journal): string {
  if (old.keyId !== undefined) return old.keyId;
  throw new CastkeysError(
    'rotation-stuck',
    "Which of Cast AI's keys the old one is is not known, so it can't be switched off. Both keys work.",
    'castkeys keys adopt; or switch it off in the console, and castkeys rotate --resume',
  );
}

function stillAlive(): CastkeysError {
  return new CastkeysError(
    'rotation-unfinished',
    `The old key is switched off, and Cast AI still accepts it after ${patience / 1000} s. It is not deleted before it was seen refused.`,
    'castkeys rotate --resume looks again',
  );
}

import { idAt, pointTo, succeed, withRetired } from '../credentials/credentials.ts';
import { currentAttempt, type Journal, withProof } from './journal.ts';
import { saved, type World } from './world.ts';

/** Switches the place to the new key, in one atomic write; both work from here on. */
export async function promote(world: World, journal: Journal): Promise<Journal> {
  const attempt = currentAttempt(journal);
  if (!attempt) return journal;
  await world.update(config =>
    idAt(config, journal.place) === journal.old.credentialId && config.credentials[attempt.credentialId]
      ? succeed(config, journal.place, attempt.credentialId, world.clock())
      : config,
  );
  const evidence = 'whatever castkeys hands out from here on is the new key; both keys work';
  return saved(world, withProof(journal, 'promoted', world.clock(), evidence));
}

/** Switches the place back to the old key. */
export async function pointBack(world: World, journal: Journal): Promise<Journal> {
  const { place, old } = journal;
  await world.update(config => {
    const isNew = journal.attempts.some(({ credentialId }) => credentialId === idAt(config, place));
    if (!isNew || !config.credentials[old.credentialId]) return config;
    return withRetired(pointTo(config, place, old.credentialId), old.credentialId, undefined);
  });
  return saved(
    world,
    withProof(journal, 'old-key-current', world.clock(), 'the old key is the current one again'),
  );
}

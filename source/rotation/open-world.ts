import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type CastaiClient, castaiClient, verifyKey } from '../castai/castai.ts';
import type { Consumer } from '../consumers/consumers.ts';
import type { Place } from '../credentials/credentials.ts';
import { CastkeysError } from '../errors.ts';
import { type Install, readSecret } from '../install/install.ts';
import { loadFingerprinter } from '../keychain/keychain.ts';
import type { Secret } from '../keychain/secret.ts';
import { adminIdOf, type Config, type Profile } from '../profiles/profiles.ts';
import { livingRuns } from '../runs/runs.ts';
import { currentAttempt, type Journal } from './journal.ts';
import { readJournal, saveJournal } from './journal-files.ts';
import { keyKeeper } from './keeper.ts';
import type { World } from './world.ts';

export interface WorldOptions {
  readonly install: Install;
  readonly place: Place;
  /** Where the keys of the place are, and how they are sent. */
  readonly at: Pick<Profile, 'origin' | 'authorization'> & { readonly organizationId: string };
  readonly consumers: readonly Consumer[];
  /** Deliveries that failed since this castkeys was started. */
  readonly failures?: Map<string, string>;
  readonly signal?: AbortSignal;
}

/** The world of a rotation: this install, and the API that its place is for. */
export function openWorld({
  install,
  place,
  at,
  consumers,
  failures = new Map(),
  signal,
}: WorldOptions): World {
  const { origin, authorization, organizationId } = at;
  const clients: CastaiClient[] = [];
  const clientFor = (secret: Secret, { mayBeCut }: { readonly mayBeCut: boolean }) => {
    const client = castaiClient({
      origin,
      secret,
      authorization,
      organizationId,
      ...(mayBeCut && signal ? { signal } : {}),
    });
    clients.push(client);
    return client;
  };
  return {
    clock: install.clock,
    sleep: async ms => {
      await delay(ms, undefined, { ...(signal && { signal }) }).catch(() => {});
      signal?.throwIfAborted();
    },
    newId: randomUUID,
    config: install.config,
    update: install.update,
    keychain: install.keychain,
    fingerprint: async secret =>
      (await loadFingerprinter(await install.keychain(), { create: true }))(secret),
    save: journal => saveJournal(install.home, journal),
    load: id => readJournal(install.home, id),
    keeper: async (journal, owner) => {
      const id = managerOf(install.config(), place, { origin, organizationId }, journal);
      const secret = await readSecret(await install.keychain(), id);
      const clients = {
        look: clientFor(secret, { mayBeCut: true }),
        change: clientFor(secret, { mayBeCut: false }),
      };
      return keyKeeper(clients, owner, journal.readonly);
    },
    tryKey: async secret => {
      // In its own default organization: see `verifyKeyFor`.
      const client = castaiClient({ origin, secret, authorization, ...(signal ? { signal } : {}) });
      return verifyKey(client, { identify: false });
    },
    skew: () => clients.map(client => client.clockSkewMs()).findLast(skew => skew !== undefined),
    consumers,
    runs: credentialId => livingRuns(install.home, credentialId),
    failures,
  };
}

/**
 * The credential that manages the keys: the admin credential, which is the new one as soon as it was switched to. Where a
 * person does it in the console, castkeys looks with the admin credential if there is one, else with the new key; never
 * with the old one, whose last use is being watched.
 */
function managerOf(
  config: Config | undefined,
  place: Place,
  where: { readonly origin: string; readonly organizationId: string },
  journal: Journal,
): string {
  const admin = config && adminIdOf(config, where);
  if (admin !== undefined) return admin;
  const attempt = currentAttempt(journal);
  if (place.kind === 'slot' && journal.way === 'manual' && attempt) return attempt.credentialId;
  throw new CastkeysError(
    'credential-missing',
    'There is no admin credential any more that could look after the keys. Nothing was changed.',
    'castkeys keys add --role admin; then castkeys rotate --resume',
  );
}

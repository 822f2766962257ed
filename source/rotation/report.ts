import { idAt } from '../credentials/credentials.ts';
import type { Config } from '../profiles/profiles.ts';
import { currentAttempt, type Journal, secondsToDead } from './journal.ts';
import type { Phase } from './phases.ts';

/** A rotation as `rotate --json` ends with, and as other commands tell of it. */
export interface RotationReport {
  readonly id: string;
  /** Absent for an admin credential. */
  readonly profile?: string;
  readonly role: 'reader' | 'writer' | 'admin';
  readonly phase: Phase;
  readonly emergency: boolean;
  readonly oldKeyId?: string;
  readonly newKeyId?: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** From the start to the old key's first 401, in seconds. */
  readonly deadAfterSeconds?: number;
  readonly waiting?: Journal['waiting'];
  readonly deliveries: readonly {
    readonly consumer: string;
    readonly at: string;
    readonly evidence: string;
  }[];
  readonly proofs: Journal['proofs'];
}

/** What is written down of a rotation; touches neither network nor keychain. */
export function reportOf(journal: Journal, config: Config | undefined): RotationReport {
  const { place, old } = journal;
  const attempt = currentAttempt(journal);
  const seconds = secondsToDead(journal);
  return {
    id: journal.id,
    ...(place.kind === 'slot' ? { profile: place.profile, role: place.role } : { role: 'admin' }),
    phase: phaseOf(journal, config),
    emergency: journal.isEmergency,
    ...(old.keyId === undefined ? {} : { oldKeyId: old.keyId }),
    ...(attempt?.keyId === undefined ? {} : { newKeyId: attempt.keyId }),
    startedAt: journal.startedAt,
    ...(journal.endedAt === undefined ? {} : { endedAt: journal.endedAt }),
    ...(seconds === undefined ? {} : { deadAfterSeconds: seconds }),
    ...(journal.waiting === undefined || journal.ending !== undefined ? {} : { waiting: journal.waiting }),
    deliveries: Object.entries(journal.deliveries).map(([consumer, { at, evidence }]) => ({
      consumer,
      at,
      evidence,
    })),
    proofs: journal.proofs,
  };
}

/** How far a rotation is, by what is written down. */
export function phaseOf(journal: Journal, config: Config | undefined): Phase {
  if (journal.ending !== undefined) return journal.ending;
  const attempt = currentAttempt(journal);
  const isPromoted =
    attempt !== undefined && config !== undefined && idAt(config, journal.place) === attempt.credentialId;
  if (isPromoted) return phaseOfOld(journal, attempt.credentialId);
  if (journal.provenAt !== undefined && attempt) return 'proven';
  if (attempt && journal.proofs.some(({ phase }) => phase === 'stored')) return 'stored';
  return attempt?.keyId === undefined ? 'planned' : 'created';
}

function phaseOfOld({ deadAt, disabledAt, deliveries, waiting }: Journal, credentialId: string): Phase {
  if (deadAt !== undefined) return 'dead';
  if (disabledAt !== undefined) return 'disabled';
  const drains = ['draining', 'old-key-in-use', 'runs-hold-old-key'];
  if (waiting && drains.includes(waiting.reason)) return 'draining';
  const open = Object.values(deliveries).some(delivery => delivery.credentialId !== credentialId);
  return open || waiting?.reason === 'delivery-failed' ? 'promoted' : 'delivered';
}

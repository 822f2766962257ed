import type { Consumer } from '../../consumers/consumers.ts';
import type { Install } from '../../install/install.ts';
import type { Profile } from '../../profiles/profiles.ts';
import type { HeldPlace, Journal, RotationReport } from '../../rotation/rotation.ts';

/** What `castkeys rotate` was asked for, of one place. */
export interface RotationAsked {
  readonly install: Install;
  readonly place: Journal['place'];
  /** The profile the place belongs to; of an admin credential, one of those it manages. */
  readonly profileName: string;
  /** With the policy in force. */
  readonly profile: Profile;
  readonly mode: 'rotate' | 'plan' | 'resume' | 'rollback' | 'emergency';
  readonly way: Journal['way'];
  /** ms; absent: what an unfinished rotation has, else the usual. */
  readonly drain?: number;
  readonly keepDisabled?: number;
  /** The new key goes to a service account of its own, with the policy's rights. */
  readonly toPolicy: boolean;
  /** Where castkeys was called. */
  readonly cwd: string;
  /** Makes what was declared a consumer. */
  readonly openConsumers: (cwd: string) => readonly Consumer[];
  /** Makes sure the profile's API is there. */
  readonly reach: () => Promise<void>;
  /** Told how far the rotation is, whenever that changes. */
  readonly onReport: (report: RotationReport) => void;
  /** Told what would happen, line by line. */
  readonly onPlan: (lines: readonly string[]) => void;
  /** Told of a place that was taken: whoever plays the flow gives it back in the end. */
  readonly onHold: (held: HeldPlace) => void;
}

/** How a rotation was left. */
export interface Rotated {
  readonly ending: 'deleted' | 'rolled-back' | 'unfinished' | 'nothing';
}

/** Default of drain and soak, in ms. */
export const usualWait = 24 * 60 * 60 * 1000;

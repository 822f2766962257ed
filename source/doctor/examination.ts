import type { Knock } from '../castai/castai.ts';
import type { CastkeysError } from '../errors.ts';
import type { Home } from '../home/home.ts';
import type { Keychain, ProbeResult } from '../keychain/keychain.ts';
import type { Config } from '../profiles/profiles.ts';

/** `info`: worth knowing, and neither good nor bad. `skip`: doesn't apply here. */
export type DoctorState = 'pass' | 'warn' | 'fail' | 'unknown' | 'skip' | 'info';

/** What an examination found. The evidence is what a reader would need to believe it. */
export interface Finding {
  readonly state: DoctorState;
  readonly evidence: string;
  /** The command, or the act, that mends it. */
  readonly fix?: string;
}

/** One line of the doctor's list. */
export interface Examination {
  readonly id: string;
  readonly title: string;
  /** What the line says when time is up before it is measured. Default: unknown. */
  readonly onTimeout?: (ms: number) => Finding;
  readonly measure: (machine: Machine) => Finding | Promise<Finding>;
}

/** Where keys are kept, and what says so. */
export interface StoreInUse {
  readonly kind: 'keychain' | 'file';
  readonly why: string;
}

/** The terminal that castkeys was called from. */
export interface Screen {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  /** How a wizard would ask here; `why` where it isn't on the full screen. */
  readonly wizard: { readonly kind: 'full-screen' | 'linear' | 'nobody'; readonly why?: string };
  readonly colour: { readonly level: 0 | 1 | 2 | 3; readonly because: string };
  /** Whether signs beyond ASCII are shown. */
  readonly speaksUtf8: boolean;
}

/** An address that keys are sent to, and who does. */
export interface Address {
  /** `us`, or the host. */
  readonly name: string;
  readonly origin: string;
  /** Profiles there; none where the address is only one that could be chosen. */
  readonly profiles: readonly string[];
  /** The practice server of this install, which starts when it is needed. */
  readonly practice: boolean;
}

/** The machine under examination. What is slow is looked at once, however many lines ask. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly home: Home;
  readonly screen: Screen;
  /** Whether somebody sits at the terminal. */
  readonly isAttended: boolean;
  /** What is registered; undefined where nothing is. */
  readonly settings: Config | undefined | CastkeysError;
  readonly store: StoreInUse | CastkeysError;
  readonly addresses: readonly Address[];
  /** The version of castkeys. */
  readonly version: string;
  /** The store in use, written to, read and cleaned up. */
  readonly probe: () => Promise<ProbeResult>;
  readonly keychain: () => Promise<Keychain>;
  readonly knock: (origin: string) => Promise<Knock>;
}

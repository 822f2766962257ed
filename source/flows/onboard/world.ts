import type { CheckLine } from '../../flow/flow.ts';
import type { Install } from '../../install/install.ts';
import type { Secret } from '../../keychain/secret.ts';
import type { Surroundings } from '../../plaintext/plaintext.ts';
import type { Environment } from '../../profiles/profiles.ts';

/** What the onboarding story may touch. */
export interface World {
  readonly install: Install;
  /** Where keys may lie in plaintext; looked through first, and cleaned only where the person says so. */
  readonly surroundings: Surroundings;
  /** `--profile`: which profile this is about, without asking. */
  readonly profile?: string;
  readonly startPractice: (environment: Environment) => Promise<Practice>;
  /** Measures the whole checklist of a profile. */
  readonly measure: (profile: string) => Promise<readonly CheckLine[]>;
}

/** The practice organization of this install, with its server running. */
export interface Practice {
  readonly origin: string;
  readonly organization: { readonly id: string; readonly name: string };
  /** A key to practise with. */
  readonly key: Secret;
  /** An Owner's key. */
  readonly adminKey: Secret;
}

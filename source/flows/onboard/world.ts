import type { CheckLine } from '../../flow/flow.ts';
import type { Install } from '../../install/install.ts';
import type { Secret } from '../../keychain/secret.ts';
import type { Environment } from '../../profiles/profiles.ts';

/** What the onboarding story may touch. */
export interface World {
  readonly install: Install;
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
  /** A read-only key to practise with. */
  readonly key: Secret;
}

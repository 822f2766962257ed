import type { Install } from '../../install/install.ts';
import type { Secret } from '../../keychain/secret.ts';
import type { Profile } from '../../profiles/profiles.ts';

export interface WebhookWorld {
  readonly install: Install;
  readonly profileName: string;
  readonly profile: Profile;
  /** `keep`: see that there is one, and that Cast AI sends it. */
  readonly task: 'keep' | 'rotate' | 'finish';
  /** From a variable or standard input; absent: make one, or ask. */
  readonly given?: Secret;
  /** Where Cast AI is to call; `false`: leave Cast AI alone; absent: ask. */
  readonly url?: string | false;
  /** How long the replaced secret is accepted after Cast AI sends the new one. */
  readonly overlapMs: number;
  /** Makes sure the profile's API is there. */
  readonly reach: () => Promise<void>;
}

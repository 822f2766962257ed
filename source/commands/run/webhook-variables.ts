import type { Keychain } from '../../keychain/keychain.ts';
import type { Config } from '../../profiles/profiles.ts';

/** What a receiver of webhooks needs: the secret, and during an overlap the one before, which it has to take as well. */
export async function webhookVariables(
  config: Config,
  keychain: Keychain,
  profile: string,
  now: Date,
): Promise<Readonly<Record<string, string>>> {
  // Loaded here: a run without webhooks has to start quickly.
  const { readWebhookSecrets } = await import('../../webhooks/webhooks.ts');
  const { current, previous } = await readWebhookSecrets(keychain, config, profile, now);
  return {
    CASTAI_SECRET: current.reveal(),
    ...(previous ? { CASTAI_SECRET_PREVIOUS: previous.reveal() } : {}),
  };
}

import type { Install } from '../../install/install.ts';
import {
  type Config,
  findProfile,
  usualWebhookHeader,
  type WebhookSettings,
} from '../../profiles/profiles.ts';

export type { WebhookSettings };

const none: WebhookSettings = { secrets: {}, header: usualWebhookHeader };

/** What a profile has to do with webhooks; undefined where that is nothing. */
export function webhookOf(config: Config | undefined, profile: string): WebhookSettings | undefined {
  const { profiles = {} } = config ?? {};
  return Object.hasOwn(profiles, profile) ? profiles[profile]?.webhook : undefined;
}

/** Which secrets are pointed to. */
export function namedIn({
  current,
  previous,
}: WebhookSettings): Pick<WebhookSettings, 'current' | 'previous'> {
  return { ...(current === undefined ? {} : { current }), ...(previous ? { previous } : {}) };
}

/**
 * Changes what a profile has to do with webhooks, in one atomic write.
 * @throws CastkeysError `profile-unknown`, and what `change` throws; nothing is written then.
 */
export async function changeWebhook(
  install: Install,
  profile: string,
  change: (settings: WebhookSettings) => WebhookSettings,
): Promise<WebhookSettings> {
  const updated = await install.update(config => {
    const found = findProfile(config, profile);
    const webhook = change(found.webhook ?? none);
    return { ...config, profiles: { ...config.profiles, [profile]: { ...found, webhook } } };
  });
  return webhookOf(updated, profile) ?? none;
}

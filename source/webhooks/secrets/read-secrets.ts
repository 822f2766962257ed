import { CastkeysError } from '../../errors.ts';
import { type Keychain, troubleError } from '../../keychain/keychain.ts';
import type { Secret } from '../../keychain/secret.ts';
import type { Config } from '../../profiles/profiles.ts';
import { type WebhookSettings, webhookOf } from './webhook-settings.ts';

/** The webhook secrets of a profile that count right now. */
export interface WebhookSecrets {
  readonly current: Secret;
  /** Accepted, too, while one takes the other's place. */
  readonly previous?: Secret;
  /** ms since the epoch; absent: the previous one is accepted until Cast AI sends the current one. */
  readonly previousUntil?: number;
}

/**
 * Reads a profile's webhook secrets from the keychain.
 * @throws CastkeysError `webhook-secret-missing` where there is none, `secret-absent` where its entry is gone, or the
 * keychain's trouble by name.
 */
export async function readWebhookSecrets(
  keychain: Keychain,
  config: Config | undefined,
  profile: string,
  now: Date,
): Promise<WebhookSecrets> {
  const settings = webhookOf(config, profile);
  const { current } = settings ?? {};
  if (settings === undefined || current === undefined) {
    throw new CastkeysError(
      'webhook-secret-missing',
      `${profile} has no webhook secret.`,
      `castkeys webhook secret --profile ${profile}`,
    );
  }
  const before = previousIn(settings, now);
  const [value, previous] = await Promise.all([
    readOne(keychain, current, profile),
    before === undefined ? undefined : readOne(keychain, before, profile),
  ]);
  const until = settings.previous?.until;
  return {
    current: value,
    ...(previous ? { previous } : {}),
    ...(previous && until !== undefined ? { previousUntil: Date.parse(until) } : {}),
  };
}

/** The replaced secret, while it is still accepted. */
function previousIn({ previous }: WebhookSettings, now: Date): string | undefined {
  if (previous?.until === undefined) return previous?.id;
  return Date.parse(previous.until) > now.getTime() ? previous.id : undefined;
}

async function readOne(keychain: Keychain, id: string, profile: string): Promise<Secret> {
  const result = await keychain.read({ kind: 'webhook', id });
  if (result.state === 'value') return result.secret;
  if (result.state !== 'absent') throw troubleError(result);
  throw new CastkeysError(
    'secret-absent',
    `The webhook secret of ${profile} is registered, but the keychain no longer has it; somebody removed the entry. What is registered was left as it is.`,
    `castkeys webhook secret --profile ${profile} --rotate`,
  );
}

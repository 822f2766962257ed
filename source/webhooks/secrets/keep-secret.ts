import { randomUUID } from 'node:crypto';
import { enter, enterAround } from '../../audit/audit.ts';
import { CastkeysError } from '../../errors.ts';
import type { Install } from '../../install/install.ts';
import { loadFingerprinter } from '../../keychain/keychain.ts';
import type { Secret } from '../../keychain/secret.ts';
import { findProfile } from '../../profiles/profiles.ts';
import { changeWebhook, namedIn, type WebhookSettings, webhookOf } from './webhook-settings.ts';

/** No storing takes as long. */
const strayAfterMs = 10 * 60_000;

export interface KeepRequest {
  readonly profile: string;
  readonly secret: Secret;
  /** Put it in the place of another one, which stays accepted until {@link dropPreviousSecret}. */
  readonly replace?: boolean;
}

/** What a secret took the place of, for taking it back. */
export interface KeptSecret {
  readonly id: string;
  readonly before: Pick<WebhookSettings, 'current' | 'previous'>;
  /** It was there already. */
  readonly isKnown: boolean;
}

/**
 * Keeps a profile's webhook secret: registers it, writes it beside whatever is there, reads it back, and only then makes it
 * the current one with one atomic write. The one before is accepted as well from then on. The same secret once more is fine.
 *
 * @throws CastkeysError `profile-unknown`; `slot-taken` where another secret is, and isn't to be replaced;
 * `webhook-overlap` while a replacement is under way; the keychain's own. Everything is as it was then.
 */
export async function keepWebhookSecret(install: Install, request: KeepRequest): Promise<KeptSecret> {
  const kept = await keep(install, request);
  if (kept.before.current === kept.id) return kept;
  const metadata = { id: kept.id, ...(kept.before.current ? { replaces: kept.before.current } : {}) };
  try {
    await enter(install, {
      action: 'webhook.secret-made',
      resource: webhookResource(request.profile),
      metadata,
    });
  } catch (thrown) {
    // Nothing happens that the log doesn't know.
    await unkeepWebhookSecret(install, request.profile, kept);
    throw thrown;
  }
  return kept;
}

/** How entries of the audit log name a profile's webhooks. */
export const webhookResource = (profile: string): string => `webhook:${profile}`;

async function keep(install: Install, request: KeepRequest): Promise<KeptSecret> {
  const { profile, secret } = request;
  const keychain = await install.keychain();
  const fingerprint = (await loadFingerprinter(keychain, { create: true }))(secret);
  const fresh = randomUUID();
  const record = { addedAt: install.clock().toISOString(), fingerprint, store: keychain.store };
  const registered = await changeWebhook(install, profile, settings => {
    const known = idBy(settings, fingerprint);
    assertPlace(settings, request, known, install.clock());
    if (known !== undefined) return settings;
    return { ...settings, secrets: { ...settings.secrets, [fresh]: record } };
  });
  const id = idBy(registered, fingerprint) ?? fresh;
  try {
    await keychain.write({ kind: 'webhook', id }, secret);
    await changeWebhook(install, profile, settings => {
      assertPlace(settings, request, id, install.clock());
      const { current, previous } = settings;
      if (current === id) return settings;
      const stays = current === undefined ? previous : { id: current };
      return { ...settings, current: id, ...(stays ? { previous: stays } : {}) };
    });
  } catch (thrown) {
    // Where the entry can't be removed it stays registered: the same command finds it again by its fingerprint.
    if (id === fresh) await forget(install, profile, id).catch(() => {});
    throw thrown;
  }
  await forgetStrays(install, profile);
  return { id, before: namedIn(registered), isKnown: id !== fresh };
}

/** Takes a kept secret back: what was current before is current again. */
export async function unkeepWebhookSecret(
  install: Install,
  profile: string,
  { id, before, isKnown }: KeptSecret,
): Promise<void> {
  await changeWebhook(install, profile, ({ current: _c, previous: _p, ...settings }) => ({
    ...settings,
    ...before,
  }));
  if (!isKnown) await forget(install, profile, id);
}

/** Lets the replaced secret be accepted until then at the latest. */
export async function acceptPreviousUntil(install: Install, profile: string, until: Date): Promise<void> {
  await changeWebhook(install, profile, settings => {
    const { previous } = settings;
    if (!previous || (previous.until !== undefined && Date.parse(previous.until) <= until.getTime()))
      return settings;
    return { ...settings, previous: { ...previous, until: until.toISOString() } };
  });
}

/** Gives a replacement up: the secret before is the current one again, and the new one leaves the keychain. */
export async function restorePreviousSecret(install: Install, profile: string): Promise<void> {
  const { current, previous } = webhookOf(install.config(), profile) ?? {};
  if (!previous) return;
  await changeWebhook(install, profile, ({ previous: _, ...settings }) => ({
    ...settings,
    current: previous.id,
  }));
  if (current !== undefined) await forget(install, profile, current);
}

/** Ends the overlap: the replaced secret is accepted no more, and leaves the keychain. */
export async function dropPreviousSecret(install: Install, profile: string): Promise<void> {
  const id = webhookOf(install.config(), profile)?.previous?.id;
  if (id === undefined) return;
  await changeWebhook(install, profile, ({ previous: _, ...settings }) => settings);
  await forget(install, profile, id);
}

/** Removes all webhook secrets of a profile, and what it knows of webhooks. */
export async function removeWebhookSecrets(install: Install, profile: string): Promise<void> {
  const settings = webhookOf(install.config(), profile);
  if (!settings) return;
  await changeWebhook(install, profile, ({ current: _c, previous: _p, ...rest }) => rest);
  try {
    for (const id of Object.keys(settings.secrets)) await forget(install, profile, id);
  } catch (thrown) {
    // What still has its value is pointed to again.
    await changeWebhook(install, profile, now => ({ ...now, ...namedIn(settings) }));
    throw thrown;
  }
  await install.update(config => {
    const { webhook: _, ...others } = findProfile(config, profile);
    return { ...config, profiles: { ...config.profiles, [profile]: others } };
  });
}

/** What a process that was killed left behind; a young one may be another process's, about to be pointed to. */
async function forgetStrays(install: Install, profile: string): Promise<void> {
  const { secrets = {} } = webhookOf(install.config(), profile) ?? {};
  const oldEnough = install.clock().getTime() - strayAfterMs;
  for (const [id, { addedAt }] of Object.entries(secrets)) {
    if (Date.parse(addedAt) < oldEnough) await forget(install, profile, id);
  }
}

/** The value, and then what is known of it; one that is pointed to stays. */
async function forget(install: Install, profile: string, id: string): Promise<void> {
  const settings = webhookOf(install.config(), profile);
  if (settings?.current === id || settings?.previous?.id === id) return;
  const act = {
    action: 'webhook.secret-removed',
    resource: webhookResource(profile),
    metadata: { id },
  } as const;
  await enterAround(install, act, async () => {
    const keychain = await install.keychain();
    await keychain.remove({ kind: 'webhook', id });
  });
  await changeWebhook(install, profile, ({ secrets: { [id]: _, ...secrets }, ...rest }) => ({
    ...rest,
    secrets,
  }));
}

function idBy({ secrets }: WebhookSettings, fingerprint: string): string | undefined {
  return Object.entries(secrets).find(([, known]) => known.fingerprint === fingerprint)?.[0];
}

function assertPlace(
  { current, previous }: WebhookSettings,
  { profile, replace }: KeepRequest,
  id: string | undefined,
  now: Date,
): void {
  if (current === undefined || current === id) return;
  if (!replace) {
    throw new CastkeysError(
      'slot-taken',
      `${profile} has another webhook secret already. It was left in place.`,
      `castkeys webhook secret --profile ${profile} --rotate`,
    );
  }
  if (!previous || (previous.until !== undefined && Date.parse(previous.until) <= now.getTime())) return;
  throw new CastkeysError(
    'webhook-overlap',
    `${profile} is between two webhook secrets already; a third would shut out what still uses the first. Nothing was changed.`,
    `castkeys webhook secret --profile ${profile} --finish`,
  );
}

/** Removing keys, or a profile with its keys. The value in the keychain is the only copy, so it is asked once more. */
import { aboutProfile, enterAround, profileResource } from '../audit/audit.ts';
import { dropCredential, pointTo } from '../credentials/credentials.ts';
import { CastkeysError } from '../errors.ts';
import { ask, confirm, type Flow, step } from '../flow/flow.ts';
import type { Install } from '../install/install.ts';
import { findProfile, type Role, roles } from '../profiles/profiles.ts';
import { removeWebhookSecrets } from '../webhooks/webhooks.ts';

export const removeQuestions = ['remove'] as const;

/** Removes the key of one role slot. */
export function* removeKey(install: Install, profileName: string, role: Role): Flow<void> {
  const id = findProfile(install.config(), profileName).slots[role];
  if (id === undefined) {
    throw new CastkeysError(
      'credential-missing',
      `${profileName} has no ${role} key.`,
      `castkeys keys list --profile ${profileName}`,
    );
  }
  yield* askToRemove(`Remove the ${role} key of ${profileName}?`, profileName, 1);
  yield* step(removal(install, profileName, [role], `Remove the ${role} key from the keychain`));
}

/** Removes a profile, the keys in its slots and its webhook secrets. */
export function* removeProfile(install: Install, profileName: string): Flow<void> {
  const profile = findProfile(install.config(), profileName);
  const filled = roles.filter(role => profile.slots[role] !== undefined);
  yield* askToRemove(`Remove the profile ${profileName}?`, profileName, filled.length);
  yield* step(removal(install, profileName, filled, 'Remove its keys from the keychain'));
  if (profile.webhook) {
    yield* step({
      id: 'webhook.remove',
      title: 'Remove its webhook secrets from the keychain',
      run: () => removeWebhookSecrets(install, profileName),
    });
  }
  yield* step({
    id: 'profile.remove',
    title: `Remove the profile ${profileName}`,
    run: () =>
      enterAround(
        install,
        {
          action: 'profile.removed',
          resource: profileResource(profileName),
          metadata: aboutProfile(profile),
        },
        async () => {
          await install.update(
            ({ activeProfile, profiles: { [profileName]: _, ...profiles }, ...config }) => ({
              ...config,
              profiles,
              ...(activeProfile === undefined || activeProfile === profileName ? {} : { activeProfile }),
            }),
          );
        },
      ),
  });
}

function* askToRemove(message: string, profileName: string, keys: number): Flow<void> {
  const agreed = yield* ask(
    confirm({
      id: 'remove',
      message,
      help:
        keys === 0
          ? 'It holds no key.'
          : 'The value in the keychain is the only copy: Cast AI never shows it again. The key itself stays valid until it is revoked there.',
      fallback: false,
    }),
  );
  if (!agreed)
    throw new CastkeysError(
      'cancelled',
      `${profileName} was left as it is.`,
      'add --yes to remove it without a question',
    );
}

/** The pointer goes before the value, so that nothing points to a value that is gone; it comes back where the value stays. */
const removal = (install: Install, profile: string, which: readonly Role[], title: string) => ({
  id: 'key.remove',
  title,
  run: async () => {
    for (const role of which) {
      const id = install.config()?.profiles[profile]?.slots[role];
      if (id === undefined) continue;
      const slot = { kind: 'slot', profile, role } as const;
      await install.update(config => pointTo(config, slot, undefined));
      try {
        await dropCredential(install, id, slot);
      } catch (thrown) {
        await install.update(config => pointTo(config, slot, id));
        throw thrown;
      }
    }
  },
});

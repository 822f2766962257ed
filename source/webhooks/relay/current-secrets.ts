import { statSync } from 'node:fs';
import { CastkeysError } from '../../errors.ts';
import type { Install } from '../../install/install.ts';
import type { Secret } from '../../keychain/secret.ts';
import { configFile } from '../../profiles/profiles.ts';
import { readWebhookSecrets, type WebhookSecrets } from '../secrets/read-secrets.ts';

/** How long a keychain in trouble is left alone, in ms. */
const retryEvery = 500;

/**
 * A profile's webhook secrets as they are at each call, the newest first, for a process that goes on while they are replaced.
 * Read once, and again when the settings change; while the keychain gives no answer, what was read before counts on.
 * @throws CastkeysError what reading them throws, the first time.
 */
export async function currentSecrets(
  install: Install,
  profile: string,
  onTrouble: (error: unknown) => void,
): Promise<() => Promise<readonly Secret[]>> {
  const read = async (): Promise<WebhookSecrets> => {
    const keychain = await install.keychain();
    try {
      return await readWebhookSecrets(keychain, install.config(), profile, install.clock());
    } finally {
      // The keychain's child would only wait for a change that may never come.
      await install.close();
    }
  };
  let version = versionOf(install);
  let secrets: WebhookSecrets | undefined = await read();
  let failedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const readAgain = async (seen: string): Promise<void> => {
    try {
      secrets = await read();
      version = seen;
    } catch (thrown) {
      failedAt = performance.now();
      if (isRemoved(thrown)) secrets = undefined;
      onTrouble(thrown);
    }
    reading = undefined;
  };
  const look = (): Promise<void> | undefined => {
    if (reading || performance.now() - failedAt < retryEvery) return reading;
    // At each call: the very next one may come with a secret that was kept a moment ago.
    const seen = versionOf(install);
    if (seen !== version) reading = readAgain(seen);
    return reading;
  };
  return async () => {
    await look();
    if (!secrets) return [];
    const { current, previous, previousUntil = Number.POSITIVE_INFINITY } = secrets;
    // The end of an overlap changes no file.
    return previous && previousUntil > install.clock().getTime() ? [current, previous] : [current];
  };
}

const isRemoved = (thrown: unknown): boolean =>
  thrown instanceof CastkeysError && ['webhook-secret-missing', 'profile-unknown'].includes(thrown.code);

/** Changes with every write: a settings file is put in place whole. */
function versionOf({ home }: Install): string {
  const found = statSync(configFile(home), { throwIfNoEntry: false });
  return `${found?.ino} ${found?.mtimeMs} ${found?.size}`;
}

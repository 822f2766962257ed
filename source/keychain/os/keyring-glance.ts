import { type Diagnosis, type Glance, orUseFile } from '../diagnosis.ts';
import { askSecretService, type ServiceState } from '../secret-service/secret-service.ts';

/** Looks at this platform's keychain. On macOS and Windows there is nothing to see before the first call. */
export async function glanceAtKeyring(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Promise<Glance> {
  if (platform === 'darwin') return { name: 'the macOS keychain', obstacle: undefined };
  if (platform === 'win32') return { name: 'Windows Credential Manager', obstacle: undefined };
  const service = await askSecretService({ env });
  return { name: service.provider?.name ?? 'the keyring service', obstacle: diagnoseService(service) };
}

/** Reads the keyring's password without an echo and hands it to a new daemon, which takes the old one's place. */
const unlock =
  '(read -rs P && printf %s "$P" | gnome-keyring-daemon --replace --unlock --components=secrets) or log in to the desktop';

/** What stands in the way of using the Secret Service, or `undefined` if nothing does. */
export function diagnoseService({ state, evidence, provider }: ServiceState): Diagnosis | undefined {
  switch (state) {
    case 'unlocked':
      return undefined;
    case 'locked':
      return { state: 'locked', reason: evidence, fix: `unlock it: ${unlock}, ${orUseFile}` };
    case 'hung':
      return {
        state: 'timeout',
        reason: evidence,
        fix: `${provider ? `kill -9 ${provider.pid}` : 'log out'}, log in again, ${orUseFile}`,
      };
    case 'no-bus':
      return {
        state: 'unavailable',
        reason: evidence,
        fix: `run castkeys from the desktop session or under dbus-run-session, ${orUseFile}`,
      };
    case 'no-service':
      return {
        state: 'unavailable',
        reason: evidence,
        fix: `apt-get install gnome-keyring libsecret-1-0, then log in again, ${orUseFile}`,
      };
    case 'no-collection':
      return { state: 'unavailable', reason: evidence, fix: `create it: ${unlock}, ${orUseFile}` };
  }
}

/** What a keyring holds under castkeys' name, asked of the keyring itself. */
import { execFileSync } from 'node:child_process';

const service = '--dest=org.freedesktop.secrets';

/** The accounts of castkeys' entries, sorted: `<install id>/<kind>/<id>`. The keyring must be unlocked. */
export function keyringAccounts(env: NodeJS.ProcessEnv): readonly string[] {
  const found = send(
    env,
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.SearchItems',
    'dict:string:string:service,castkeys',
  );
  const items = found.match(/\/org\/freedesktop\/secrets\/collection\/[\w/]+/g) ?? [];
  return items.flatMap(item => accountOf(env, item) ?? []).toSorted();
}

/** The ids of the credentials among them. */
export const storedCredentials = (env: NodeJS.ProcessEnv): readonly string[] =>
  keyringAccounts(env).flatMap(account => /\/credential\/(.+)$/.exec(account)?.[1] ?? []);

/** Undefined for an item that is gone since it was found: a probe comes and goes. */
function accountOf(env: NodeJS.ProcessEnv, item: string): string | undefined {
  const property = ['string:org.freedesktop.Secret.Item', 'string:Attributes'];
  try {
    const attributes = send(env, item, 'org.freedesktop.DBus.Properties.Get', ...property);
    return /string "account"\s+string "([^"]*)"/.exec(attributes)?.[1];
  } catch (thrown) {
    if (String(thrown).includes('UnknownMethod')) return undefined;
    throw thrown;
  }
}

function send(env: NodeJS.ProcessEnv, path: string, method: string, ...args: readonly string[]): string {
  return execFileSync('dbus-send', ['--session', '--print-reply', service, path, method, ...args], {
    env,
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

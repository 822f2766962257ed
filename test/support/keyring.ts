/** Tests against a real keyring. */
import { spawnSync } from 'node:child_process';
import { describe, it } from 'vitest';

export { type KeyringMode, startKeyring, type TestKeyring } from './keyring-service.ts';

const needed = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon'];
const remedy = 'apt-get install -y --no-install-recommends dbus-x11 gnome-keyring libsecret-1-0';

/** Tests that need a real keyring. Where there is none they are skipped by name; in CI, or with CASTKEYS_REQUIRE_KEYRING=1, they fail. */
export function describeWithKeyring(title: string, tests: () => void): void {
  const missing = needed.filter(program => spawnSync('which', [program]).status !== 0);
  if (missing.length === 0) return void describe(title, tests);
  const reason = `${missing.join(', ')} not found: ${remedy}`;
  if (!process.env['CI'] && process.env['CASTKEYS_REQUIRE_KEYRING'] !== '1') {
    return void describe.skip(`${title} (skipped: ${reason})`, tests);
  }
  describe(title, () => {
    it('finds a real keyring to test with', () => {
      throw new Error(reason);
    });
  });
}

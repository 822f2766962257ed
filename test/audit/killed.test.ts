/** Several processes append at once and are killed at random: what was acknowledged is there, and nothing looks like tampering. */
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { readEntries, verifyLog } from '../../source/audit/audit.ts';
import { ageFileKeychain } from '../../source/keychain/age/age-file.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { readConfig } from '../../source/profiles/profiles.ts';
import { startProgram } from '../support/processes.ts';
import { homeIn, temporaryDirectory } from '../support/temporary.ts';

const writers = 8;
/** Ten thousand where somebody asks for them; here enough to see a few dozen kills. */
const wanted = Number(process.env['AUDIT_ENTRIES'] ?? 1500);
const program = new URL('./fixtures/append-for-ever.ts', import.meta.url);

describe('eight processes that append, and are killed', () => {
  it(
    'lose nothing that was acknowledged, and raise no alarm',
    async () => {
      using directory = temporaryDirectory();
      const acknowledged = new Set<string>();
      let kills = 0;
      let isOver = false;
      const one = async (name: string) => {
        for (let life = 0; !isOver; life += 1) {
          await using running = startProgram(program, directory.path, `${name}.${life}`);
          const lives = 20 + Math.floor(Math.random() * 400);
          let seen = 0;
          const { stdout } = running.child;
          if (!stdout) throw new Error('its output is not piped');
          for await (const line of createInterface({ input: stdout })) {
            acknowledged.add(line);
            seen += 1;
            if (acknowledged.size >= wanted) isOver = true;
            if (isOver || seen >= lives) break;
          }
          running.child.kill('SIGKILL');
          kills += 1;
        }
      };
      await Promise.all(Array.from({ length: writers }, (_, at) => one(`w${at}`)));

      const home = homeIn(directory.path);
      const config = readConfig(home);
      const keychain = ageFileKeychain({
        installId: config?.installId ?? '',
        directory: home.config,
        passphrase: async () => new Secret('correct horse'),
        workFactor: 4,
      });
      const verdict = await verifyLog({
        home,
        installId: config?.installId,
        keychain: async () => keychain,
      });
      expect(verdict).toMatchObject({ intact: true, problems: [], unsealed: 0 });
      const entered = new Set([...readEntries(home)].map(({ resource }) => resource));
      expect([...acknowledged].filter(name => !entered.has(name))).toEqual([]);
      expect(acknowledged.size).toBeGreaterThanOrEqual(wanted);
      expect(kills).toBeGreaterThanOrEqual(writers);
    },
    15 * 60_000,
  );
});

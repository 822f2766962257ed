/** A process that writes entries to the encrypted file until it is killed, and says so of each. Arguments: directory, name. */
import { join } from 'node:path';
import { withLock } from '../../../source/home/home.ts';
import { ageFileKeychain } from '../../../source/keychain/age/age-file.ts';
import { Secret } from '../../../source/keychain/secret.ts';

const [directory = '', name = ''] = process.argv.slice(2);
const keychain = ageFileKeychain({
  installId: 'install',
  directory,
  passphrase: async () => new Secret('correct horse'),
  withLock: work => withLock(join(directory, 'lock'), work),
  workFactor: 4,
});
for (let count = 1; ; count += 1) {
  await keychain.write(
    { kind: 'credential', id: `${name}-${count}` },
    new Secret(`value of ${name}-${count}`),
  );
  process.stdout.write(`${name}-${count}\n`);
}

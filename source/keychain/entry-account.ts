import { CastkeysError } from '../errors.ts';
import type { EntryName } from './keychain.ts';

/**
 * The account an entry has in a store: `<install id>/<kind>/<id>`. Two installs of one user never share an entry.
 * Throws `config-invalid` for an id that would make two names alike or that a store can't hold.
 */
export function accountOf(installId: string, { kind, id }: EntryName): string {
  for (const part of [installId, id]) {
    if (!/^[\w.:@+-]{1,200}$/.test(part)) {
      throw new CastkeysError(
        'config-invalid',
        'An install id or credential id in the configuration has characters a keychain entry cannot be named with. Nothing was changed.',
        'castkeys doctor',
      );
    }
  }
  return `${installId}/${kind}/${id}`;
}

import type { Home } from '../home/home.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { findSealing } from './anchor.ts';
import type { Head } from './entry.ts';
import { genesisOf } from './line.ts';
import { type Verdict, verifyFiles } from './verify/verify.ts';

export interface LogToVerify {
  readonly home: Home;
  /** Undefined where nothing was ever registered. */
  readonly installId: string | undefined;
  /** Left out, only hashes are checked: no MAC, and no anchor. */
  readonly keychain?: () => Promise<Keychain>;
  /** A head that was kept elsewhere. */
  readonly kept?: Head;
}

/**
 * Verifies an install's log against its keychain. Changes nothing.
 * @throws CastkeysError the keychain's trouble, by name: without it the MACs and the end can't be checked.
 */
export async function verifyLog({ home, installId, keychain, kept }: LogToVerify): Promise<Verdict> {
  const sealing = installId === undefined || !keychain ? undefined : await findSealing(await keychain());
  const found = sealing && { macKey: sealing.macKey, anchor: await sealing.read() };
  return verifyFiles({
    home,
    ...(installId === undefined ? {} : { genesis: genesisOf(installId) }),
    ...(found ? { sealed: found } : {}),
    ...(kept ? { kept } : {}),
  });
}

/** Verifies files that were exported, wherever they are from: by their hashes, and a head that was kept elsewhere. */
export function verifyExport(home: Home, files: readonly string[], kept?: Head): Verdict {
  return verifyFiles({ home, files, ...(kept ? { kept } : {}) });
}

import { createRequire } from 'node:module';
import { arch, release } from 'node:os';
import { CastkeysError } from '../../errors.ts';
import type { Examination } from '../examination.ts';

export const versions: Examination = {
  id: 'versions',
  title: 'Versions',
  measure({ version, platform, store }) {
    const keytar = keytarVersion();
    const evidence = `castkeys ${version}, Node ${process.versions.node}, ${platform} ${release()} ${arch()}, keytar ${keytar ?? 'not installed'}`;
    const isNeeded = !(store instanceof CastkeysError) && store.kind === 'keychain';
    if (keytar !== undefined || !isNeeded) return { state: 'info', evidence };
    return { state: 'warn', evidence, fix: 'npm install --include=optional, or CASTKEYS_STORE=file' };
  },
};

/** Read, not loaded: in this process it could freeze everything. */
function keytarVersion(): string | undefined {
  try {
    const { version }: { readonly version?: unknown } = createRequire(import.meta.url)('keytar/package.json');
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

import { CastkeysError } from '../../errors.ts';
import type { Credential } from '../../profiles/profiles.ts';
import { usesOf } from '../credential-uses.ts';
import type { Examination } from '../examination.ts';

export const leftovers: Examination = {
  id: 'leftovers',
  title: 'Leftovers',
  measure({ settings }) {
    if (settings instanceof CastkeysError) {
      return { state: 'unknown', evidence: 'not looked for: see the lines above' };
    }
    const used = new Set(settings ? usesOf(settings).map(({ id }) => id) : []);
    const left = Object.entries(settings?.credentials ?? {}).filter(([id]) => !used.has(id));
    if (left.length === 0) return { state: 'pass', evidence: 'every registered key is in use' };
    const names = left.map(([id, credential]) => nameOf(id, credential)).join(', ');
    return {
      state: 'warn',
      evidence: `no profile uses ${names}; what was replaced stays stored, and valid until it is revoked`,
      fix: 'revoke what nobody uses any more, in the Cast AI console',
    };
  },
};

function nameOf(id: string, { name, owner, addedAt }: Credential): string {
  return `${name ?? owner?.name ?? id} (added ${addedAt.slice(0, 10)})`;
}

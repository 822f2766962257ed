import { CastkeysError } from '../../errors.ts';
import type { ReadResult } from '../../keychain/keychain.ts';
import type { Config } from '../../profiles/profiles.ts';
import { usesOf } from '../credential-uses.ts';
import type { Examination, Finding } from '../examination.ts';

export const registeredKeys: Examination = {
  id: 'registered-keys',
  title: 'Registered keys',
  async measure({ settings, store, probe, keychain }) {
    if (settings instanceof CastkeysError || store instanceof CastkeysError) {
      return { state: 'unknown', evidence: 'not looked for: see the lines above' };
    }
    const uses = settings ? usesOf(settings) : [];
    if (!settings || uses.length === 0) return { state: 'skip', evidence: 'no key is stored yet' };
    const { state } = await probe();
    if (state !== 'usable') return { state: 'unknown', evidence: `the store is of no use now: ${state}` };
    const opened = await keychain();
    const found = await Promise.all(
      uses.map(async use => ({ ...use, result: await opened.read({ kind: 'credential', id: use.id }) })),
    );
    return judge(settings, found);
  },
};

type Found = ReturnType<typeof usesOf>[number] & { readonly result: ReadResult };

function judge({ credentials }: Config, found: readonly Found[]): Finding {
  const there = found.filter(({ result }) => result.state === 'value');
  if (there.length === found.length)
    return { state: 'pass', evidence: `${there.length} of ${found.length} are there` };
  const missing = found.filter(({ result }) => result.state !== 'value');
  const [first] = missing;
  const evidence = missing.map(({ profile, role, result, id }) => {
    const place = credentials[id]?.store;
    return `${role} of ${profile}: ${result.state}${place ? ` (it was stored in the ${place})` : ''}`;
  });
  return {
    state: missing.some(({ result }) => result.state === 'absent') ? 'fail' : 'unknown',
    evidence: `${there.length} of ${found.length} are there; ${evidence.join('; ')}`,
    ...(first ? { fix: `castkeys keys add --profile ${first.profile} --role ${first.role} --replace` } : {}),
  };
}

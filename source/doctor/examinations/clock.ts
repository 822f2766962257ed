import type { Examination, Machine } from '../examination.ts';

const warnAfter = 30_000; // ms
const failAfter = 5 * 60_000; // ms; no destructive step of a rotation is taken past this (pitfall R14)

export const clock: Examination = {
  id: 'clock',
  title: 'Clock',
  async measure(machine) {
    const told = await firstTold(machine);
    if (!told) return { state: 'unknown', evidence: 'no server could be asked for the time' };
    const { host, skewMs } = told;
    const evidence = `${inWords(skewMs)} ${host}`;
    const off = Math.abs(skewMs);
    if (off <= warnAfter) return { state: 'pass', evidence };
    return {
      state: off > failAfter ? 'fail' : 'warn',
      evidence: `${evidence}; ages and expiries are miscounted${off > failAfter ? ', and no rotation revokes anything' : ''}`,
      fix: fixOn(machine.platform),
    };
  },
};

/** What the first address that answers says, in the order of the list. */
async function firstTold({ addresses, knock }: Machine) {
  const knocks = await Promise.all(
    addresses.map(async ({ origin }) => ({ host: new URL(origin).host, found: await knock(origin) })),
  );
  for (const { host, found } of knocks) {
    if (found.answered && found.skewMs !== undefined) return { host, skewMs: found.skewMs };
  }
  return undefined;
}

function inWords(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (seconds <= 1) return 'the same time as';
  const amount = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `${amount} ${skewMs > 0 ? 'ahead of' : 'behind'}`;
}

function fixOn(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return 'sudo sntp -sS time.apple.com';
    case 'win32':
      return 'w32tm /resync';
    default:
      return 'sudo timedatectl set-ntp true';
  }
}

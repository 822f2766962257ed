import { CastkeysError } from '../../errors.ts';
import { configFile } from '../../profiles/profiles.ts';
import type { Examination } from '../examination.ts';

export const settings: Examination = {
  id: 'settings',
  title: 'Settings',
  measure({ settings: found, home }) {
    if (found instanceof CastkeysError) return { state: 'fail', evidence: found.message, fix: found.next };
    if (!found) {
      return { state: 'pass', evidence: `nothing is set up yet; it will be in ${configFile(home)}` };
    }
    const profiles = Object.keys(found.profiles);
    const keys = Object.keys(found.credentials).length;
    return {
      state: 'pass',
      evidence: `${configFile(home)}: ${count(profiles.length, 'profile')}, ${count(keys, 'registered key')}`,
    };
  },
};

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

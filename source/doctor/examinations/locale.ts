import type { Examination } from '../examination.ts';

export const locale: Examination = {
  id: 'locale',
  title: 'Locale',
  measure({ screen, env, platform }) {
    const named = ['LC_ALL', 'LC_CTYPE', 'LANG'].find(name => env[name]);
    const because = named ? `${named}=${env[named]}` : 'no locale is set';
    if (screen.speaksUtf8) return { state: 'pass', evidence: `UTF-8 signs: ${because}` };
    return {
      state: 'warn',
      evidence: `ASCII signs: ${because}`,
      fix: platform === 'win32' ? 'use Windows Terminal' : 'export LANG=C.UTF-8',
    };
  },
};

import { isMissingProgram } from '../../git/git.ts';
import { missingIgnores, noWorkTree } from '../../plaintext/plaintext.ts';
import type { Check } from '../check.ts';

export const gitignore: Check = {
  id: 'gitignore',
  title: 'git ignores .env files',
  standsFor: '.env files are in .gitignore',
  needs: [],
  async measure({ cwd, env, signal }) {
    const missing = await missingIgnores({ cwd, env, ...(signal ? { signal } : {}) });
    if ('unanswered' in missing) {
      const { unanswered } = missing;
      if (isMissingProgram(unanswered))
        return { state: 'unknown', evidence: 'git is not on the PATH', fix: 'install git' };
      if (noWorkTree(unanswered)) return { state: 'skip', evidence: 'this directory is in no git work tree' };
      return { state: 'unknown', evidence: `git check-ignore failed: ${unanswered.error}` };
    }
    const { patterns } = missing;
    if (patterns.length === 0)
      return { state: 'pass', evidence: '.env, .env.local and .env.*.local are ignored' };
    return {
      state: 'fail',
      evidence: `git would take ${patterns.join(', ')}`,
      fix: `printf '${patterns.map(pattern => `${pattern}\\n`).join('')}' >> .gitignore`,
    };
  },
};

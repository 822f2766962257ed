import { askGit, isMissingProgram } from '../../git/git.ts';
import type { Check } from '../check.ts';

/** The patterns that hold keys in practice, and the names git is asked about for each. */
const patterns: Readonly<Record<string, readonly string[]>> = {
  '.env': ['.env'],
  '.env.local': ['.env.local'],
  '.env.*.local': ['.env.development.local', '.env.test.local', '.env.production.local'],
};
const names = Object.values(patterns).flat();

/** What git, in the C locale, says outside a repository, and inside one without a work tree. */
const noWorkTree = /not a git repository|must be run in a work tree/;

export const gitignore: Check = {
  id: 'gitignore',
  title: 'git ignores .env files',
  standsFor: '.env files are in .gitignore',
  needs: [],
  async measure({ cwd, env, signal }) {
    const options = { cwd, env, ...(signal ? { signal } : {}) };
    // Exit 0: some are ignored; 1: none is. A tracked file counts as not ignored, which is what we want to hear.
    const answer = await askGit(['check-ignore', '--', ...names], options);
    if (isMissingProgram(answer)) {
      return { state: 'unknown', evidence: 'git is not on the PATH', fix: 'install git' };
    }
    if (noWorkTree.test(answer.error))
      return { state: 'skip', evidence: 'this directory is in no git work tree' };
    if (answer.exitCode !== 0 && answer.exitCode !== 1) {
      return { state: 'unknown', evidence: `git check-ignore failed: ${answer.error}` };
    }
    const ignored = answer.output.split('\n');
    const open = Object.keys(patterns).filter(pattern =>
      patterns[pattern]?.some(name => !ignored.includes(name)),
    );
    if (open.length === 0)
      return { state: 'pass', evidence: '.env, .env.local and .env.*.local are ignored' };
    return {
      state: 'fail',
      evidence: `git would take ${open.join(', ')}`,
      fix: `printf '${open.map(pattern => `${pattern}\\n`).join('')}' >> .gitignore`,
    };
  },
};

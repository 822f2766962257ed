import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Examination } from '../examination.ts';

const limitMs = 2000;

export const git: Examination = {
  id: 'git',
  title: 'git',
  async measure({ env }) {
    try {
      const { stdout } = await promisify(execFile)('git', ['--version'], {
        env: { ...env, LC_ALL: 'C' },
        timeout: limitMs,
      });
      return { state: 'pass', evidence: stdout.trim() };
    } catch (thrown) {
      const isMissing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
      return {
        state: 'warn',
        evidence: isMissing
          ? 'it is not on the PATH'
          : `git --version failed or took more than ${limitMs} ms`,
        fix: 'install git; without it nothing is said about .gitignore and the history',
      };
    }
  },
};

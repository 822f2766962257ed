import { problemKinds, type Verdict, verifyLog } from '../../audit/audit.ts';
import type { Check, Finding } from '../check.ts';

export const auditLog: Check = {
  id: 'audit-log',
  title: 'The audit log is intact',
  standsFor: 'audit logging is on',
  needs: ['keychain'],
  async measure({ home, config, keychain }) {
    const started = performance.now();
    const verdict = await verifyLog({ home, installId: config.installId, keychain });
    return findingOf(verdict, performance.now() - started);
  },
};

function findingOf(verdict: Verdict, ms: number): Finding {
  const { entries, problems, unsealed } = verdict;
  const [problem] = problems;
  if (problem) {
    return {
      state: 'fail',
      evidence: `it does not hold from entry ${problem.seq} on: ${problemKinds[problem.kind]} (${problem.message})`,
      fix: 'castkeys audit verify',
    };
  }
  if (entries === 0) return { state: 'unknown', evidence: 'nothing was entered yet' };
  const checked = `${entries === 1 ? '1 entry' : `${entries} entries`}: hashes, MACs, order and end checked in ${Math.ceil(ms)} ms`;
  if (unsealed === 0) return { state: 'pass', evidence: checked };
  return {
    state: 'warn',
    evidence: `${checked}; the last ${unsealed} wait for their MAC, made while the keychain was closed`,
    fix: 'the next action with the keychain open seals them',
  };
}

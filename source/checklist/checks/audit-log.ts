import { problemKinds, readEntries, type Verdict, verifyLog } from '../../audit/audit.ts';
import type { Home } from '../../home/home.ts';
import { readJournals } from '../../rotation/rotation.ts';
import type { Check, Finding } from '../check.ts';

export const auditLog: Check = {
  id: 'audit-log',
  title: 'The audit log is intact',
  standsFor: 'audit logging is on',
  needs: ['keychain'],
  async measure({ home, config, keychain }) {
    const started = performance.now();
    const verdict = await verifyLog({ home, installId: config.installId, keychain });
    const finding = findingOf(verdict, performance.now() - started);
    return finding.state === 'pass' ? withRotations(home, finding) : finding;
  },
};

/** A rotation that the log knows nothing of was not done by castkeys alone, or its entries are gone. */
function withRotations(home: Home, finding: Finding): Finding {
  const entered = new Set<unknown>();
  let first: string | undefined;
  for (const { timestamp, action, metadata } of readEntries(home)) {
    first ??= timestamp;
    if (action === 'rotation.started') entered.add(metadata['rotation']);
  }
  const since = first ?? '';
  const rotations = readJournals(home).filter(({ startedAt }) => startedAt >= since);
  const missing = rotations.filter(({ id }) => !entered.has(id)).map(({ id }) => id);
  if (missing.length === 0) {
    const words = rotations.length === 1 ? 'the one rotation has' : `all ${rotations.length} rotations have`;
    return rotations.length === 0
      ? finding
      : { ...finding, evidence: `${finding.evidence}; ${words} entries` };
  }
  return {
    state: 'fail',
    evidence: `${finding.evidence}; but of ${missing.join(', ')} there is a rotation's journal and no entry`,
    fix: 'castkeys audit list --action rotation',
  };
}

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

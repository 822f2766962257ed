import type { Finding } from './check.ts';

const badness = { fail: 0, unknown: 1, warn: 2, pass: 3, skip: 4 } as const;

/** One finding for several slots: as bad as the worst, with all the evidence. */
export function worstOf(findings: readonly Finding[]): Finding {
  const [worst, ...others] = findings.toSorted((a, b) => badness[a.state] - badness[b.state]);
  if (!worst) return { state: 'skip', evidence: 'no key' };
  return { ...worst, evidence: [worst, ...others].map(finding => finding.evidence).join('; ') };
}

import type { Rotated } from '../../flows/rotate/rotate.ts';
import type { RotationReport } from '../../rotation/rotation.ts';
import type { RotateOne } from './rotate-one.ts';

/** What came of it, for standard output: the screen is gone when this is read. */
export function resultWords(
  mode: RotateOne['mode'],
  report: RotationReport | undefined,
  plan: readonly string[],
  ending: Rotated['ending'],
): string {
  if (mode === 'plan') return ['This would happen. Nothing was changed.', ...plan, ''].join('\n');
  if (!report || ending === 'nothing') return 'Nothing is unfinished, and nothing was started.\n';
  const what = `${report.profile ? `${report.profile} ` : ''}${report.role}`;
  const proofs = report.proofs.map(({ at, phase, evidence }) => `  ${at}  ${phase}: ${evidence}`);
  return [`${what}: ${endings[ending]}`, ...proofs, ...waiting(report), ''].join('\n');
}

const endings = {
  deleted: 'rotated. The new key is in use, the old one is gone.',
  'rolled-back': 'rolled back. The old key is in use, the new one is gone.',
  unfinished: 'unfinished, and safe: both ways are open.',
} as const;

function waiting({ waiting: wait }: RotationReport): readonly string[] {
  if (!wait) return [];
  return [
    `  waits: ${wait.words}${wait.until ? ` (until ${wait.until})` : ''}`,
    '  next: castkeys rotate --resume (or --due, or --rollback)',
  ];
}

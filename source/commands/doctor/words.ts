import { styleText } from 'node:util';
import type { Diagnosed } from '../../doctor/doctor.ts';
import type { CheckLine } from '../../flow/flow.ts';
import { checklistWords } from '../status-words.ts';
import { wrap } from '../wrap.ts';

/** Lines wider than this are no easier to read. */
const widest = 110;

/** The doctor's list as lines for a stream: what was judged, and below it what is only worth knowing. */
export function doctorWords(checks: readonly Diagnosed[], stream: NodeJS.WriteStream): string {
  const judged = checks.flatMap((check): CheckLine[] => {
    const { state } = check;
    return state === 'info' ? [] : [{ ...check, state }];
  });
  const width = Math.min(stream.columns ?? widest, widest) - 4;
  const known = checks
    .filter(({ state }) => state === 'info')
    .flatMap(({ title, evidence }) => wrap(`${title}: ${evidence}.`, width))
    .map(line => `    ${styleText('dim', line, { stream })}`);
  return [checklistWords('This machine', judged, stream), '  Good to know', ...known, ''].join('\n');
}

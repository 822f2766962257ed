import { type Journal, readJournal, reportOf, saveJournal } from '../../rotation/rotation.ts';
import type { RotationAsked } from './asked.ts';
import { enterStart } from './audited.ts';

type Told = Pick<RotationAsked, 'install' | 'onReport'>;

/** Writes a rotation down, from which moment on it is unfinished. */
export const writeJournal = (asked: RotationAsked, journal: Journal) => ({
  id: 'rotate.intend',
  title: 'Write down what is intended',
  isQuiet: true,
  run: async () => {
    await enterStart(asked, journal);
    return written(asked, journal);
  },
});

/** Changes what is intended, or why nothing is done now. A reason to wait holds until something is done. */
export const changeJournal = (told: Told, id: string, change: Partial<Journal>) => ({
  id: 'rotate.intend',
  title: 'Write down what is intended',
  isQuiet: true,
  run: () => {
    const { waiting: _, ...rest } = readJournal(told.install.home, id);
    return written(told, { ...rest, ...change });
  },
});

async function written({ install, onReport }: Told, journal: Journal): Promise<Journal> {
  const now = { ...journal, updatedAt: install.clock().toISOString() };
  await saveJournal(install.home, now);
  onReport(reportOf(now, install.config()));
  return now;
}

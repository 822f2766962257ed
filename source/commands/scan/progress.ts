import type { Progress } from '../../leaks/leaks.ts';
import type { Call } from '../command.ts';
import { amount, duration, size } from './amounts.ts';

export interface ShownProgress {
  readonly show: (progress: Progress) => void;
  readonly close: () => void;
}

const silent: ShownProgress = { show: () => {}, close: () => {} };

/** Between two looks, in ms; a scan that is over by the first one shows nothing. */
const showEvery = 120;
const showAfter = 400;

/** One line that is written again and again while a person watches; nothing anywhere else. */
export function openProgress({ streams: { stderr }, flags }: Call): ShownProgress {
  if (!stderr.isTTY || flags.has('json')) return silent;
  const started = performance.now();
  let shown = started + showAfter - showEvery;
  let isShown = false;
  return {
    show: progress => {
      const now = performance.now();
      if (now - shown < showEvery) return;
      shown = now;
      isShown = true;
      stderr.write(`\r\x1b[2K${progressLine(progress, now - started, stderr.columns ?? 80)}`);
    },
    close: () => {
      if (isShown) stderr.write('\r\x1b[2K');
      isShown = false;
    },
  };
}

/** What was done in this many ms, how fast, and how long the rest will take; as much of it as fits. */
export function progressLine(progress: Progress, ms: number, columns: number): string {
  const { objects, total = 0, files, bytes } = progress;
  const rate = `${size(bytes / (ms / 1000))}/s`;
  const parts = [
    ...(objects > 0 ? [amount(objects, 'object')] : []),
    ...(files > 0 ? [amount(files, 'file')] : []),
    rate,
    ...(objects > 100 && total > objects ? [`${duration((ms / objects) * (total - objects))} left`] : []),
  ];
  const share = total > 0 ? Math.min(1, objects / total) : 0;
  const text = parts.join(' · ');
  const barWidth = Math.min(24, columns - text.length - 4);
  if (barWidth < 8 || total === 0) return text.slice(0, columns - 1);
  const done = Math.round(share * barWidth);
  return `${'━'.repeat(done)}${'─'.repeat(barWidth - done)}  ${text}`;
}

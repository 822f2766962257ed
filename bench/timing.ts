import { createHmac, randomBytes } from 'node:crypto';
import { verifyWebhookSignature } from '../source/webhooks/webhooks.ts';

/** Two sets of times, and how far apart their means are in standard errors (Welch's t): beyond 4.5 a reader could tell them apart. */
export interface TimingVerdict {
  readonly title: string;
  readonly t: number;
  readonly samples: number;
}

/**
 * Whether the time of a refusal tells where a signature is wrong: at its first digit, or at its last. The method is that of
 * dudect: classes in random order, the slowest percent cut off, a t-test. `compareStrings` is what `===` gives away, measured the
 * same way, to show that this would be seen.
 */
export function timeMismatches(samples = 400_000): readonly TimingVerdict[] {
  const secret = randomBytes(32);
  const payload = randomBytes(64);
  const right = createHmac('sha256', secret).update(payload).digest('hex');
  const early = flipped(right, 0);
  const late = flipped(right, 63);
  const naive = (given: string): boolean => {
    for (let at = 0; at < right.length; at += 1)
      if (right.charCodeAt(at) !== given.charCodeAt(at)) return false;
    return true;
  };
  return [
    {
      title: 'verifyWebhookSignature, early/late',
      t: welch(given => verifyWebhookSignature(payload, given, secret), early, late, samples),
      samples,
    },
    { title: 'a loop that stops at a mismatch', t: welch(naive, early, late, samples), samples },
  ];
}

function welch(verify: (given: string) => boolean, early: string, late: string, samples: number): number {
  const times: [number[], number[]] = [[], []];
  const order = randomBytes(samples);
  const given = [early, late];
  let taken = 0;
  for (const byte of order) {
    const which = (byte & 1) as 0 | 1;
    const signature = given[which] ?? '';
    const started = process.hrtime.bigint();
    if (verify(signature)) taken += 1;
    times[which].push(Number(process.hrtime.bigint() - started));
  }
  if (taken > 0) throw new Error('a forged signature was taken');
  const cut = [...times[0], ...times[1]].toSorted((a, b) => a - b)[Math.floor(samples * 0.9)] ?? 0;
  const [a, b] = times.map(list => momentsOf(list.filter(time => time <= cut)));
  if (!a || !b) throw new Error('nothing was measured');
  return (a.mean - b.mean) / Math.sqrt(a.variance / a.count + b.variance / b.count);
}

function momentsOf(list: readonly number[]) {
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  const variance = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (list.length - 1);
  return { mean, variance, count: list.length };
}

const flipped = (hex: string, at: number): string =>
  `${hex.slice(0, at)}${hex.charAt(at) === '0' ? '1' : '0'}${hex.slice(at + 1)}`;

import type { CrashSite } from './crash-site.ts';

/** How two rotations of one key, started at once, came out. */
export interface Pair {
  /** One did it, and the other did nothing but say so. */
  readonly isRight: boolean;
  readonly words: string;
}

export async function startTwo({ machine }: CrashSite): Promise<Pair> {
  const words = ['rotate', '--yes', '--drain', '0s', '--json'];
  const both = await Promise.all([machine.run(words), machine.run(words)]);
  const codes = both.map(({ exitCode }) => exitCode).toSorted();
  const wasTold = both.some(
    ({ exitCode, stdout }) => exitCode === 1 && /"rotation-busy".*process \d+ on .*, since 20/.test(stdout),
  );
  return {
    isRight: codes[0] === 0 && codes[1] === 1 && wasTold,
    words: both.map(({ exitCode, stdout }) => `${exitCode}: ${stdout.trim().split('\n').at(-1)}`).join('\n'),
  };
}

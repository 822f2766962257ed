import type { Screen } from '../../doctor/doctor.ts';
import { chooseFrontEnd } from '../../frontends/choose.ts';
import { colourLevel } from '../../frontends/colour.ts';
import type { Call } from '../command.ts';

/** The terminal, as the choices of a front end and of colours see it. */
export function screenOf({ env, flags, streams, host }: Call): Omit<Screen, 'speaksUtf8'> {
  const { stdin, stdout, stderr } = host?.terminal ?? streams;
  const choice = chooseFrontEnd({
    // The doctor's own --json says nothing of the terminal.
    answers: false,
    json: false,
    plain: flags.has('plain'),
    stdinIsTty: Boolean(stdin.isTTY),
    stderrIsTty: Boolean(stderr.isTTY),
    columns: stderr.columns,
    rows: stderr.rows,
    term: env['TERM'],
    ci: env['CI'],
    screenReader: env['INK_SCREEN_READER'],
  });
  const why = 'why' in choice && choice.why !== undefined ? { why: choice.why } : {};
  const kinds = { ink: 'full-screen', linear: 'linear', scripted: 'nobody', none: 'nobody' } as const;
  return {
    stdin: Boolean(stdin.isTTY),
    stdout: Boolean(stdout.isTTY),
    stderr: Boolean(stderr.isTTY),
    columns: stderr.columns,
    rows: stderr.rows,
    wizard: { kind: kinds[choice.kind], ...why },
    colour: {
      level: colourLevel({ env, stream: stderr }),
      because: colourSource(env, Boolean(stderr.isTTY)),
    },
  };
}

/** What {@link colourLevel} goes by, in its order. */
function colourSource(env: NodeJS.ProcessEnv, isTerminal: boolean): string {
  const name = (variable: string) => `${variable}=${env[variable]}`;
  if (env['FORCE_COLOR'] !== undefined) return name('FORCE_COLOR');
  if (env['NO_COLOR']) return 'NO_COLOR is set';
  if (!isTerminal) return 'stderr is no terminal';
  if (env['TERM'] === 'dumb') return 'TERM=dumb';
  if (/^(truecolor|24bit)$/.test(env['COLORTERM'] ?? '')) return name('COLORTERM');
  return env['WT_SESSION'] ? 'Windows Terminal' : `TERM=${env['TERM'] ?? ''}`;
}

import { CastkeysError, exitCode } from '../errors.ts';
import { chooseFrontEnd } from '../frontends/choose.ts';
import { colourLevel, withColour } from '../frontends/colour.ts';
import { exitCodeOfEnd } from '../interruption.ts';
import type { Call, Command } from './command.ts';
import { actsFor } from './dashboard/acts.ts';
import { carryOut } from './dashboard/carry-out.ts';
import { keepMeasuring } from './dashboard/keep-measuring.ts';
import { circumstancesOf } from './play-flow.ts';
import { type Session, withSession } from './session.ts';

export const command: Command = {
  usage: ['dashboard'],
  summary: 'All profiles at a glance, live, and everything there is to do with them',
  about: 'What castkeys alone opens on a terminal. Elsewhere the checklist is printed instead.',
  run: async call => {
    const choice = chooseFrontEnd(circumstancesOf(call));
    if (choice.kind === 'ink') return withSession(call, session => showDashboard(call, session));
    const { command: status } = await import('./status.ts');
    return status.run(call);
  },
};

async function showDashboard(call: Call, session: Session): Promise<number> {
  if (!session.install.config()) {
    throw new CastkeysError('profile-missing', 'There is no profile yet.', 'castkeys setup');
  }
  // Asked for here, where there is a line to type it on.
  if (session.install.usesFile()) await session.install.keychain();
  const leaving = new AbortController();
  const signal = AbortSignal.any([call.signal, leaving.signal]);
  let act: { readonly cancel: AbortController; readonly ended: Promise<void> } | undefined;

  const start = (words: readonly string[]) => {
    if (act || signal.aborted) return;
    const cancel = new AbortController();
    screen.begin(words.join(' '));
    const ended = carryOut(
      words,
      { call, session, screen },
      AbortSignal.any([call.signal, cancel.signal]),
    ).then(left => {
      act = undefined;
      measuring.again();
      screen.end(left);
    });
    act = { cancel, ended };
  };
  /** Cancels the command that goes on; the second time, or where there is none, ends the dashboard. */
  const interrupt = () => {
    if (!act || act.cancel.signal.aborted) call.interrupt();
    else act.cancel.abort(cancelled());
  };

  const level = colourLevel({ env: call.env, stream: call.streams.stderr });
  const { openDashboard } = await withColour(level, () => import('../frontends/ink/ink.tsx'));
  const screen = openDashboard({
    stdin: call.streams.stdin,
    stdout: call.streams.stderr,
    env: call.env,
    actsFor,
    onStart: start,
    onMeasure: () => measuring.again(),
    onLeave: () => leaving.abort(),
    onInterrupt: interrupt,
    onBroken: error => {
      act?.cancel.abort(error);
      call.interrupt();
    },
  });
  const measuring = keepMeasuring({ call, session, screen, signal, isPaused: () => act !== undefined });
  try {
    await measuring.ended;
    // What it began is taken back before the terminal is given away.
    await act?.ended;
  } finally {
    await screen.close();
  }
  return call.signal.aborted ? exitCodeOfEnd(call.signal) : exitCode.done;
}

function cancelled(): CastkeysError {
  return new CastkeysError(
    'cancelled',
    'Cancelled. What was begun was taken back.',
    'the same command starts again',
  );
}

import { installTimer, timerFor } from '../../schedule/schedule.ts';
import type { Call } from '../command.ts';

/** Prints what runs `castkeys rotate --due --yes` once a day; installs it where that is asked for. */
export async function schedule(call: Call): Promise<undefined> {
  const { streams, flags, env } = call;
  const timer = timerFor({
    env,
    platform: process.platform,
    node: process.execPath,
    program: process.argv[1] ?? 'castkeys',
  });
  const done = flags.has('install') ? await installTimer(timer) : undefined;
  if (flags.has('json')) {
    streams.stdout.write(
      `${JSON.stringify({ schedule: { ...timer, installed: done !== undefined } }, null, 2)}\n`,
    );
    return undefined;
  }
  for (const { path, content } of timer.files) streams.stdout.write(`# ${path}\n${content}\n`);
  for (const line of timer.crontab ? [timer.crontab] : []) streams.stdout.write(`# crontab -e\n${line}\n`);
  const next =
    done ??
    (timer.files.length > 0
      ? 'castkeys rotate --schedule --install puts it in place.'
      : 'Add that line with crontab -e.');
  streams.stderr.write(`${next}\n`);
  return undefined;
}

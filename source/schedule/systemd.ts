import { join } from 'node:path';
import type { TimerFile } from './schedule.ts';

/** A user unit has the session's bus, and so its keychain. `Persistent`: what a sleeping laptop missed is made up for. */
export function systemdFiles(
  configHome: string,
  command: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): readonly TimerFile[] {
  const directory = join(configHome, 'systemd', 'user');
  const variables = Object.entries(environment).map(
    ([name, value]) => `Environment=${quoted(`${name}=${value}`)}`,
  );
  const service = [
    '[Unit]',
    'Description=Rotate the Cast AI keys that are due',
    '',
    '[Service]',
    'Type=oneshot',
    ...variables,
    `ExecStart=${command.map(quoted).join(' ')}`,
    // Unfinished is how most runs end: a rotation drains for a day.
    'SuccessExitStatus=7',
    '',
  ];
  const timer = [
    '[Unit]',
    'Description=Rotate the Cast AI keys that are due, once a day',
    '',
    '[Timer]',
    'OnCalendar=daily',
    'RandomizedDelaySec=1h',
    'Persistent=true',
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ];
  return [
    { path: join(directory, 'castkeys-rotate.service'), content: service.join('\n') },
    { path: join(directory, 'castkeys-rotate.timer'), content: timer.join('\n') },
  ];
}

/** systemd reads `%` as a specifier and `$` as a variable, in quotes too. */
const quoted = (word: string): string =>
  `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;

/** A timer of the system's own that rotates what is due: systemd where there is one, launchd on macOS, else cron. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { CastkeysError } from '../errors.ts';
import { launchdFile } from './launchd.ts';
import { systemdFiles } from './systemd.ts';

export interface TimerFile {
  readonly path: string;
  readonly content: string;
}

export interface Timer {
  readonly kind: 'systemd' | 'launchd' | 'cron';
  readonly files: readonly TimerFile[];
  /** The commands that make it run, program first. */
  readonly enable: readonly (readonly string[])[];
  /** The line of a crontab, where there is nothing better. */
  readonly crontab?: string;
}

export interface Machine {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** The node that runs castkeys, and castkeys itself. */
  readonly node: string;
  readonly program: string;
}

/** What castkeys is told about itself: another home is another install. */
const kept = ['CASTKEYS_HOME', 'CASTKEYS_STORE', 'CASTKEYS_PASSPHRASE_FILE'] as const;

/** The timer for a machine. Writes nothing. */
export function timerFor(machine: Machine): Timer {
  const command = [machine.node, machine.program, 'rotate', '--due', '--yes'];
  const environment = Object.fromEntries(
    kept.flatMap(name => (machine.env[name] ? [[name, machine.env[name]]] : [])),
  );
  const home = machine.env['HOME'] ?? homedir();
  if (machine.platform === 'darwin') {
    const file = launchdFile(home, command, environment);
    return { kind: 'launchd', files: [file], enable: [['launchctl', 'load', '-w', file.path]] };
  }
  if (machine.platform === 'linux' && existsSync('/run/systemd/system')) {
    const files = systemdFiles(machine.env['XDG_CONFIG_HOME'] ?? join(home, '.config'), command, environment);
    return {
      kind: 'systemd',
      files,
      enable: [
        ['systemctl', '--user', 'daemon-reload'],
        ['systemctl', '--user', 'enable', '--now', 'castkeys-rotate.timer'],
      ],
    };
  }
  return { kind: 'cron', files: [], enable: [], crontab: cronLine(command, environment) };
}

/**
 * Puts a timer in place; comes to what was done, in words.
 * @throws CastkeysError `usage` where only a person can (cron), `failed` where the system refuses it.
 */
export async function installTimer({ kind, files, enable, crontab }: Timer): Promise<string> {
  if (crontab !== undefined) {
    throw new CastkeysError(
      'usage',
      `There is no systemd and no launchd here, and castkeys does not rewrite your crontab. Nothing was changed.`,
      `crontab -e, and add: ${crontab}`,
    );
  }
  for (const { path, content } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  for (const [program = '', ...args] of enable) {
    const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
    if (status === 0) continue;
    throw new CastkeysError(
      'failed',
      `${files.map(({ path }) => path).join(' and ')} are written, but ${[program, ...args].join(' ')} failed: ${(error?.message ?? stderr).trim()}.`,
      `mend that, then run it by hand: ${[program, ...args].join(' ')}`,
    );
  }
  return `Installed with ${kind}: castkeys rotate --due --yes runs once a day.`;
}

/** Without a session bus a keychain can't be reached: the line says where it is. */
function cronLine(
  command: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${quoted(value ?? '')}`);
  const bus = 'DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/$(id -u)/bus';
  return ['17 9 * * *', ...variables, bus, ...command.map(quoted)].join(' ').replaceAll('%', '\\%');
}

const quoted = (word: string): string =>
  /^[\w./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

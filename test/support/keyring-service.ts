/**
 * A private session bus with a headless gnome-keyring on it, for tests against the real thing. Nothing of the
 * user's own is touched: sockets and keyring files live in a temporary directory, and `env` leads only there.
 */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** `none`: a session bus with no keyring service on it. */
export type KeyringMode = 'unlocked' | 'locked' | 'none';

export interface TestKeyring {
  /** The environment for processes that should find this keyring. */
  readonly env: NodeJS.ProcessEnv;
  lock(): Promise<void>;
  /** Stops the daemon where it stands, as a debugger would: it stays on the bus and answers nothing. */
  freeze(): void;
  thaw(): void;
  /** Ends the daemon. */
  kill(): Promise<void>;
  /** Ends the daemon, if it still runs, and starts another on the same keyring, unlocked. */
  restart(): Promise<void>;
  killBus(): Promise<void>;
  end(): Promise<void>;
}

export async function startKeyring(mode: KeyringMode = 'unlocked'): Promise<TestKeyring> {
  const directory = mkdtempSync(join(tmpdir(), 'castkeys-keyring-'));
  for (const name of ['run', 'data', 'cache']) mkdirSync(join(directory, name), { mode: 0o700 });
  const bus = await startBus(directory);
  const env = environmentIn(directory);
  let daemon = mode === 'none' ? undefined : await startDaemon(directory, env);

  const keyring: TestKeyring = {
    env,
    lock: async () => {
      // Asked again until it is: on a busy machine one request was seen to be passed over.
      await until('the lock', async () => {
        await send(env, secrets, 'org.freedesktop.Secret.Service.Lock', `array:objpath:${loginCollection}`);
        return (await lockedIn(env)) === true;
      });
    },
    freeze: () => void daemon?.kill('SIGSTOP'),
    thaw: () => void daemon?.kill('SIGCONT'),
    kill: async () => {
      await ended(daemon);
      daemon = undefined;
    },
    restart: async () => {
      await ended(daemon);
      daemon = await startDaemon(directory, env);
    },
    killBus: () => ended(bus),
    end: async () => {
      await Promise.all([ended(daemon), ended(bus)]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
  if (mode === 'locked') await keyring.lock();
  return keyring;
}

/** A bus without service directories: activation can't start a second keyring, or a dialog, behind the test's back. */
async function startBus(directory: string): Promise<ChildProcess> {
  const config = join(directory, 'bus.conf');
  writeFileSync(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=${join(directory, 'bus')}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`,
  );
  const bus = startTied(
    'dbus-daemon',
    ['--nofork', '--nopidfile', '--print-address', `--config-file=${config}`],
    process.env,
  );
  // It prints its address when it listens.
  if (bus.stdout) await once(createInterface(bus.stdout), 'line');
  return bus;
}

function environmentIn(directory: string): NodeJS.ProcessEnv {
  const { DISPLAY, WAYLAND_DISPLAY, GNOME_KEYRING_CONTROL, ...rest } = process.env;
  return {
    ...rest,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(directory, 'bus')}`,
    XDG_RUNTIME_DIR: join(directory, 'run'),
    XDG_DATA_HOME: join(directory, 'data'),
    XDG_CACHE_HOME: join(directory, 'cache'),
    GSETTINGS_BACKEND: 'memory',
  };
}

async function startDaemon(directory: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const control = `--control-directory=${join(directory, 'run')}`;
  const daemon = startTied(
    'gnome-keyring-daemon',
    ['--unlock', '--foreground', '--components=secrets', control],
    env,
  );
  // The password ends with the stream; a newline would be part of it.
  daemon.stdin?.end('test');
  // It owns its name before the collection is open.
  await until('gnome-keyring-daemon', async () => {
    if (daemon.exitCode !== null) throw new Error('gnome-keyring-daemon ended early');
    return (await lockedIn(env)) === false;
  });
  return daemon;
}

/** A process that the kernel ends with this one, where setpriv can arrange that, and that an orderly exit ends in any case. */
function startTied(program: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const [command, ...all] = hasSetpriv()
    ? ['setpriv', '--pdeathsig', 'KILL', program, ...args]
    : [program, ...args];
  const child = spawn(command ?? program, all, { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const killOnExit = () => void child.kill('SIGKILL');
  process.once('exit', killOnExit);
  child.once('exit', () => process.off('exit', killOnExit));
  return child;
}

function hasSetpriv(): boolean {
  return spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status === 0;
}

async function ended(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

const secrets = '/org/freedesktop/secrets';
const loginCollection = `${secrets}/collection/login`;

async function lockedIn(env: NodeJS.ProcessEnv): Promise<boolean | undefined> {
  const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked'];
  const answer = await send(
    env,
    `${secrets}/aliases/default`,
    'org.freedesktop.DBus.Properties.Get',
    ...property,
  ).catch(() => '');
  return /boolean (true|false)/.test(answer) ? answer.includes('boolean true') : undefined;
}

async function send(
  env: NodeJS.ProcessEnv,
  path: string,
  method: string,
  ...args: string[]
): Promise<string> {
  const options = ['--session', '--print-reply', '--reply-timeout=2000', '--dest=org.freedesktop.secrets'];
  const { stdout } = await promisify(execFile)('dbus-send', [...options, path, method, ...args], { env });
  return stdout;
}

async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const giveUp = performance.now() + 10_000;
  while (!(await isTrue())) {
    if (performance.now() > giveUp) throw new Error(`${what} did not become ready`);
    await delay(10);
  }
}

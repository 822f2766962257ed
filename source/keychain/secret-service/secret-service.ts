import { readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { BusGone, DbusCallError, SessionBus, theBus } from './session-bus.ts';
import { sessionBusSockets } from './session-bus-address.ts';

/**
 * What the Secret Service of a Linux desktop (gnome-keyring, KWallet, KeePassXC) says of itself, without a prompt:
 * no session bus, nobody offers the service, it has no default collection, that is locked or unlocked, or no answer.
 */
export interface ServiceState {
  readonly state: 'no-bus' | 'no-service' | 'no-collection' | 'locked' | 'unlocked' | 'hung';
  /** What was seen, in words. */
  readonly evidence: string;
  /** The process that offers the service, as far as it can be told. */
  readonly provider?: Provider | undefined;
}

export interface Provider {
  readonly name: string;
  readonly pid: number;
}

export interface ServiceQuestion {
  /** Says where the bus is. Default: this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** No answer within this many ms is `hung`. Default 1500; a healthy desktop took 0-14 ms. */
  readonly limitMs?: number;
}

const serviceName = 'org.freedesktop.secrets';
const service = { destination: serviceName, path: '/org/freedesktop/secrets' } as const;

/** Asks the bus and the Secret Service on it. Never throws and never prompts. */
export async function askSecretService(question: ServiceQuestion = {}): Promise<ServiceState> {
  const { env = process.env, limitMs = 1500 } = question;
  const sockets = sessionBusSockets(env);
  if (sockets.length === 0) {
    return { state: 'no-bus', evidence: 'no D-Bus session bus is named in the environment' };
  }
  let last: ServiceState | undefined;
  for (const socket of sockets) {
    last = await askWithin(socket, limitMs);
    if (last.state !== 'no-bus') break;
  }
  return last ?? { state: 'no-bus', evidence: 'no D-Bus session bus' };
}

/** What the conversation has learned so far; what a silence means depends on it. */
interface Progress {
  provider?: Provider | undefined;
}

async function askWithin(socket: string, limitMs: number): Promise<ServiceState> {
  const bus = new SessionBus(socket, process.getuid?.() ?? 0);
  const progress: Progress = {};
  let timedOut = false;
  const limit = setTimeout(() => {
    timedOut = true;
    bus.close();
  }, limitMs);
  try {
    return await converse(bus, progress);
  } catch (error) {
    if (timedOut) return hung(progress, limitMs);
    if (error instanceof BusGone) {
      return { state: 'no-bus', evidence: `the D-Bus session bus does not answer (${error.message})` };
    }
    const what = error instanceof DbusCallError ? error.message : 'answered something unexpected';
    return { state: 'no-service', evidence: `the Secret Service could not be asked: it ${what}` };
  } finally {
    clearTimeout(limit);
    bus.close();
  }
}

async function converse(bus: SessionBus, progress: Progress): Promise<ServiceState> {
  const [running] = await bus.call({ ...theBus, member: 'NameHasOwner', arguments: [serviceName] });
  if (running !== true && !(await isActivatable(bus))) {
    return { state: 'no-service', evidence: 'no keyring service runs on the D-Bus session bus' };
  }
  progress.provider = await providerOf(bus);
  const provider = progress.provider;
  const name = provider?.name ?? 'the keyring service';
  // A service that only can be activated is started by this call; that asks nobody for a password.
  const [collection] = await bus.call({
    ...service,
    interface: 'org.freedesktop.Secret.Service',
    member: 'ReadAlias',
    arguments: ['default'],
  });
  if (typeof collection !== 'string' || collection === '/') {
    return { state: 'no-collection', evidence: `there is no default keyring in ${name}`, provider };
  }
  const [locked] = await bus.call({
    ...service,
    path: collection,
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    arguments: ['org.freedesktop.Secret.Collection', 'Locked'],
  });
  return locked === false
    ? { state: 'unlocked', evidence: `the default keyring of ${name} is unlocked`, provider }
    : { state: 'locked', evidence: `the default keyring of ${name} is locked`, provider };
}

async function isActivatable(bus: SessionBus): Promise<boolean> {
  const [names] = await bus.call({ ...theBus, member: 'ListActivatableNames', arguments: [] });
  return Array.isArray(names) && names.includes(serviceName);
}

/** The bus knows the process behind a name even while that process is stopped. A name for people, so any failure is no name. */
async function providerOf(bus: SessionBus): Promise<Provider | undefined> {
  try {
    const [pid] = await bus.call({
      ...theBus,
      member: 'GetConnectionUnixProcessID',
      arguments: [serviceName],
    });
    if (typeof pid !== 'number') return undefined;
    const program = basename(await readlink(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, '');
    return { name: program.replace(/[^\w.+-]/g, '').replace(/-daemon$/, ''), pid };
  } catch (error) {
    if (error instanceof BusGone) throw error;
    return undefined;
  }
}

function hung({ provider }: Progress, limitMs: number): ServiceState {
  const who = provider
    ? `the keyring service ${provider.name} (process ${provider.pid})`
    : 'the D-Bus session bus';
  return { state: 'hung', evidence: `${who} did not answer within ${limitMs} ms`, provider };
}

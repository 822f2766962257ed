import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { CastkeysError } from '../errors.ts';
import { type Home, writeJson } from '../home/home.ts';
import { Secret } from '../keychain/secret.ts';
import { type PracticeServer, startPractice } from './practice.ts';
import { seededValue } from './seeded.ts';
import { loadState } from './state-file.ts';

/** The practice organization of an install: always the same one, at the same address. */
export interface PracticeAtHome {
  readonly url: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly keys: Readonly<Record<'admin' | 'viewer' | 'member' | 'personal' | 'readonly', Secret>>;
  /** Does what somebody would do in the console: switches a key off, or on again. */
  readonly setActive: (keyId: string, active: boolean) => Promise<void>;
  /** Ends the server if this process started it. */
  readonly close: () => Promise<void>;
}

const stateFile = (home: Home): string => join(home.state, 'practice.json');
const portFile = (home: Home): string => join(home.state, 'practice-port.json');
const portSchema = v.pipe(v.string(), v.parseJson(), v.object({ port: v.number() }));

/**
 * Starts the install's practice server, or finds it running in another process. It keeps its port,
 * because keys are bound to the address they were verified at.
 *
 * @throws CastkeysError `port-taken` where something else listens on its port.
 */
export async function practiceAtHome(home: Home): Promise<PracticeAtHome> {
  try {
    const server = await startPracticeAtHome(home);
    const organization = { id: server.organizationId, name: server.organizationName };
    return {
      url: server.url,
      organization,
      keys: server.keys,
      setActive: setActiveAt(server.url),
      close: () => server.close(),
    };
  } catch (thrown) {
    if (!(thrown instanceof CastkeysError) || thrown.code !== 'port-taken') throw thrown;
    const running = await findRunning(home);
    if (running) return running;
    throw thrown;
  }
}

/** Starts the server with the install's state, on `port` or the one it had before. */
export async function startPracticeAtHome(
  home: Home,
  options: { port?: number; region?: string } = {},
): Promise<PracticeServer> {
  const known = knownPort(home);
  const server = await startPractice({
    stateFile: stateFile(home),
    port: options.port ?? known ?? 0,
    ...(options.region ? { region: options.region } : {}),
  });
  const port = Number(new URL(server.url).port);
  if (port !== known) await writeJson(portFile(home), { port });
  return server;
}

function knownPort(home: Home): number | undefined {
  const file = portFile(home);
  if (!existsSync(file)) return undefined;
  const parsed = v.safeParse(portSchema, readFileSync(file, 'utf8'));
  return parsed.success ? parsed.output.port : undefined;
}

async function findRunning(home: Home): Promise<PracticeAtHome | undefined> {
  const port = knownPort(home);
  const state = await loadState(stateFile(home));
  const [organization] = state?.organizations ?? [];
  if (port === undefined || !state || !organization) return undefined;
  const url = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${url}/practice`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  // Whatever else took the port must not be sent a key, not even a pretended one.
  if (!answer?.headers.has('X-Practice') || !(await answer.text()).includes(organization.id))
    return undefined;
  const key = (name: keyof PracticeAtHome['keys']) => new Secret(seededValue(state.seed, name));
  return {
    url,
    organization: { id: organization.id, name: organization.name },
    keys: {
      admin: key('admin'),
      viewer: key('viewer'),
      member: key('member'),
      personal: key('personal'),
      readonly: key('readonly'),
    },
    setActive: setActiveAt(url),
    close: async () => {},
  };
}

const setActiveAt = (url: string) => async (keyId: string, active: boolean) => {
  await fetch(`${url}/practice/keys/${keyId}`, { method: 'POST', body: JSON.stringify({ active }) });
};

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bareEnvironment, program } from './home.ts';
import { type Comparison, median, summarize } from './pairs.ts';

const rounds = 7;

export interface BrokerFigures {
  /** Time for so many requests, sixteen at a time: the broker's by the bare proxy's. */
  readonly throughput: Comparison;
  /** What the broker adds to one request after the other, in ms, over asking the API itself; medians of all rounds. */
  readonly added: { readonly p50: number; readonly p99: number };
  /** The same of the bare proxy. */
  readonly bareAdded: { readonly p50: number; readonly p99: number };
  /** Requests a second. */
  readonly perSecond: { readonly broker: number; readonly bare: number };
}

/** The broker against a bare `node:http` proxy, in front of the same API, in turns; every part is a process of its own. */
export async function measureBroker(): Promise<BrokerFigures> {
  const directory = mkdtempSync(join(tmpdir(), 'castkeys-bench-'));
  const processes: ChildProcess[] = [];
  const started = async (args: readonly string[], env: NodeJS.ProcessEnv = bareEnvironment()) => {
    const child = spawn(process.execPath, [...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    processes.push(child);
    const [line] = await once(createInterface(child.stdout), 'line');
    return String(line);
  };
  try {
    const api = `http://127.0.0.1:${await started([fixture('api.mjs')])}`;
    const bare = `http://127.0.0.1:${await started([fixture('bare-proxy.mjs'), api])}`;
    const env = setUp(directory, api);
    const { url, tokens } = JSON.parse(await started([program, 'broker', '--json'], env));
    const ways = {
      direct: { url: api, token: 'x' },
      bare: { url: bare, token: 'x' },
      broker: { url, token: tokens.reader },
    };
    for (const way of Object.values(ways)) await manyAtOnce(way, 2000);
    const [times, latencies]: [{ ours: number; theirs: number }[], Record<keyof typeof ways, number[][]>] = [
      [],
      { direct: [], bare: [], broker: [] },
    ];
    for (let round = 0; round < rounds; round += 1) {
      times.push({
        ours: await manyAtOnce(ways.broker, requests),
        theirs: await manyAtOnce(ways.bare, requests),
      });
      for (const name of ['direct', 'bare', 'broker'] as const)
        latencies[name].push(await oneByOne(ways[name], 1500));
    }
    const at = (name: keyof typeof ways, share: number) =>
      median(latencies[name].map(one => one[Math.floor(one.length * share)] ?? 0));
    const addedBy = (name: 'bare' | 'broker') => ({
      p50: at(name, 0.5) - at('direct', 0.5),
      p99: at(name, 0.99) - at('direct', 0.99),
    });
    const throughput = summarize('broker, 16 requests at a time', 'bare node:http proxy', times);
    return {
      throughput,
      added: addedBy('broker'),
      bareAdded: addedBy('bare'),
      perSecond: { broker: (requests * 1000) / throughput.ours, bare: (requests * 1000) / throughput.theirs },
    };
  } finally {
    for (const child of processes) child.kill();
    await Promise.all(processes.map(child => child.exitCode ?? child.signalCode ?? once(child, 'exit')));
    rmSync(directory, { recursive: true, force: true });
  }
}

const requests = 4000;
const atOnce = 16;

const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

/** An install with a key for the API, in the encrypted file: no keyring is needed to measure a proxy. */
function setUp(home: string, api: string): NodeJS.ProcessEnv {
  const env = {
    ...bareEnvironment(),
    CASTKEYS_HOME: home,
    CASTKEYS_STORE: 'file',
    CASTKEYS_PASSPHRASE: 'bench',
  };
  const key = ['castai', 'v1', 'b'.repeat(64), 'b'.repeat(8)].join('_');
  const run = (...args: readonly string[]) =>
    execFileSync(process.execPath, [program, ...args], { env: { ...env, BENCH_KEY: key }, stdio: 'pipe' });
  run('profiles', 'add', 'bench', '--environment', 'other', '--region', api, '--scopes', 'read:*');
  run('keys', 'add', '--from-env', 'BENCH_KEY', '--unverified', '--yes');
  return env;
}

interface Way {
  readonly url: string;
  readonly token: string;
}

async function oneByOne(way: Way, count: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  for (let done = 0; done < count; done += 1) {
    const sent = performance.now();
    await ask(way, agent);
    times.push(performance.now() - sent);
  }
  agent.destroy();
  return times.toSorted((one, other) => one - other);
}

/** @returns ms for all of them. */
async function manyAtOnce(way: Way, count: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  let left = count;
  const started = performance.now();
  const asking = async () => {
    for (; left > 0; ) {
      left -= 1;
      await ask(way, agent);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, asking));
  agent.destroy();
  return performance.now() - started;
}

function ask({ url, token }: Way, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${url}/v1/kubernetes/external-clusters`,
      { agent, headers: { 'X-API-Key': token } },
      answer => {
        let bytes = 0;
        answer.on('data', chunk => {
          bytes += chunk.length;
        });
        answer.on('end', () => {
          if (answer.statusCode === 200 && bytes > 1000) resolve();
          else reject(new Error(`${url} answered ${answer.statusCode} with ${bytes} bytes`));
        });
        answer.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

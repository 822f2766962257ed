import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type KeychainChild, startKeychainChild } from '../../../source/keychain/os/keychain-child.ts';
import { KeytarSession, type SessionOptions } from '../../../source/keychain/os/keytar-session.ts';

let directory: string;
const sessions: KeytarSession[] = [];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'castkeys-child-'));
});
afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});
afterAll(() => rm(directory, { recursive: true }));

/** Real processes that answer each call by what their script says; one script for each start, the last for all that follow. */
async function session(scripts: readonly string[], options: Partial<SessionOptions> = {}) {
  const paths = scripts.map((_, index) => join(directory, `child-${index}.cjs`));
  await Promise.all(paths.map((path, index) => writeFile(path, `${listen}${scripts[index]}`)));
  const started: KeychainChild[] = [];
  const opened = new KeytarSession({
    start: () => {
      const child = startKeychainChild({
        childPath: paths[Math.min(started.length, paths.length - 1)] ?? '',
      });
      started.push(child);
      return child;
    },
    patience: 'none',
    limits: { callMs: 5000, promptMs: 60_000 },
    mayBePrompting: async () => true,
    ...options,
  });
  sessions.push(opened);
  return { call: () => opened.call({ op: 'get', account: 'a' }), started };
}

const listen = `
  const answer = (id, reply) => process.stdout.write(JSON.stringify({ id, ...reply }) + '\\n');
  require('node:readline').createInterface({ input: process.stdin }).on('line', line => onCall(JSON.parse(line)));
`;
const works = "function onCall({ id }) { answer(id, { ok: 'value' }) }";
const hangs = 'function onCall() {}';
const crashes = 'function onCall() { process.exit(1) }';
const brief = { limits: { callMs: 150, promptMs: 60_000 } };

describe('a call to the process that holds keytar', () => {
  it('gives its result', async () => {
    const { call } = await session([works]);
    expect(await call()).toEqual({ state: 'done', value: 'value' });
  });

  it('uses one process for many calls', async () => {
    const { call, started } = await session([works]);
    await Promise.all([call(), call(), call()]);
    expect(started).toHaveLength(1);
  });

  it('ends at its limit where nobody is', async () => {
    const { call } = await session([hangs], brief);
    expect(await call()).toMatchObject({
      state: 'timeout',
      reason: 'the keychain did not answer within 150 ms',
    });
  });

  it('ends together with the calls that wait behind it', async () => {
    const { call, started } = await session([hangs], brief);
    const outcomes = await Promise.all([call(), call(), call()]);
    expect(outcomes.map(({ state }) => state)).toEqual(['timeout', 'timeout', 'timeout']);
    expect(started).toHaveLength(1);
  });

  it('is followed by one in a new process', async () => {
    const { call, started } = await session([hangs, works], brief);
    await call();
    expect(await call()).toEqual({ state: 'done', value: 'value' });
    expect(started).toHaveLength(2);
  });

  it('waits for a person who is asked for a password', async () => {
    const typing = "function onCall({ id }) { setTimeout(() => answer(id, { ok: 'value' }), 400) }";
    const { call } = await session([typing], { ...brief, patience: 'prompt' });
    expect(await call()).toEqual({ state: 'done', value: 'value' });
  });

  it('waits for a person no longer than it takes to see that the service is dead', async () => {
    const { call } = await session([hangs], {
      ...brief,
      patience: 'prompt',
      mayBePrompting: async () => false,
    });
    expect(await call()).toMatchObject({ state: 'timeout' });
  });

  it('waits for a person, but not for ever', async () => {
    const { call } = await session([hangs], { limits: { callMs: 100, promptMs: 200 }, patience: 'prompt' });
    expect(await call()).toMatchObject({ state: 'timeout' });
  });

  it('is repeated once when the process ends under it', async () => {
    const { call, started } = await session([crashes, works]);
    expect(await call()).toEqual({ state: 'done', value: 'value' });
    expect(started).toHaveLength(2);
  });

  it('is not repeated twice', async () => {
    const { call, started } = await session([crashes]);
    expect(await call()).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('twice') });
    expect(started).toHaveLength(2);
  });

  it('is repeated once when a process that worked gives an error: its connection may be to a dead service', async () => {
    const spoils =
      "let calls = 0; function onCall({ id }) { answer(id, calls++ ? { failed: 'The connection is closed' } : { ok: null }) }";
    const { call, started } = await session([spoils, works]);
    expect(await call()).toEqual({ state: 'done', value: null });
    const together = await Promise.all([call(), call()]);
    expect(together).toEqual([
      { state: 'done', value: 'value' },
      { state: 'done', value: 'value' },
    ]);
    expect(started).toHaveLength(2);
  });

  it('is not repeated when a fresh process gives an error', async () => {
    const { call, started } = await session([
      "function onCall({ id }) { answer(id, { failed: 'User canceled the operation.' }) }",
    ]);
    expect(await call()).toMatchObject({ state: 'denied' });
    expect(started).toHaveLength(1);
  });

  it('takes an answer that makes no sense for a crash, and shows nothing of it', async () => {
    const { call } = await session(["function onCall({ id }) { process.stdout.write('a-secret-value\\n') }"]);
    const outcome = await call();
    expect(outcome).toMatchObject({ state: 'unavailable' });
    expect(JSON.stringify(outcome)).not.toContain('a-secret-value');
  });

  it('says what is missing when keytar can not be loaded', async () => {
    const { call } = await session([
      "function onCall({ id }) { answer(id, { unloadable: 'libsecret-1.so.0: cannot open shared object file' }) }",
    ]);
    expect(await call()).toMatchObject({
      state: 'unavailable',
      fix: expect.stringContaining('apt-get install libsecret-1-0'),
    });
  });

  it('ends when it is cancelled, before it begins and while it waits', async () => {
    const stop = new AbortController();
    const { call } = await session([hangs], { signal: stop.signal });
    const waiting = call();
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await expect(call()).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('puts long answers together from the pieces in which they come', async () => {
    const { call } = await session(["function onCall({ id }) { answer(id, { ok: 'ü'.repeat(200_000) }) }"]);
    expect(await call()).toEqual({ state: 'done', value: 'ü'.repeat(200_000) });
  });
});

describe('the process that holds keytar', () => {
  it('is given no secret and nothing that slows node down', async () => {
    const tells =
      'function onCall({ id }) { answer(id, { ok: JSON.stringify([process.env, process.argv]) }) }';
    const path = join(directory, 'tells.cjs');
    await writeFile(path, `${listen}${tells}`);
    const child = startKeychainChild({
      childPath: path,
      env: {
        CASTKEYS_PASSPHRASE: 'p-secret',
        CASTAI_API_KEY: 'k-secret',
        NODE_OPTIONS: '--no-such-option',
        NODE_EXTRA_CA_CERTS: '/certificates',
        DBUS_SESSION_BUS_ADDRESS: 'unix:path=/bus',
      },
    });
    const answer = JSON.stringify(await child.ask({ op: 'set', account: 'a', value: 'v-secret' }));
    child.kill('given-up');
    expect(answer).toContain('unix:path=/bus');
    expect(answer).not.toMatch(/secret|no-such-option|certificates/);
  });
});

import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Address, addressesOf } from '../../source/doctor/doctor.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { listeningOrigin } from '../castai/support/listening.ts';
import { hangUp, raw, serve } from '../castai/support/odd-server.ts';
import { diagnose, profileWith } from './support/machine.ts';

const at = (origin: string, more: Partial<Address> = {}): Address => ({
  name: 'here',
  origin,
  profiles: ['staging'],
  practice: false,
  ...more,
});

async function practising<T>(aheadMs: number, use: (server: PracticeServer) => Promise<T>): Promise<T> {
  const server = await startPractice({ clock: () => new Date(Date.now() + aheadMs) });
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

/** An origin that nothing listens at. */
async function deserted(): Promise<string> {
  const server = createServer();
  const origin = await listeningOrigin(server);
  await new Promise(resolve => server.close(resolve));
  return origin;
}

const failing =
  (code: string, syscall = 'connect'): typeof fetch =>
  async () => {
    throw new TypeError('fetch failed', {
      cause: Object.assign(new Error('with secrets'), { code, syscall }),
    });
  };

describe('A network line', () => {
  it('passes where the API answers, and sends no key', async () => {
    await using server = await serve(raw(200, ''));
    const line = (await diagnose({ addresses: [at(server.origin)] }))('network-here');
    expect(line).toMatchObject({
      state: 'pass',
      evidence: expect.stringMatching(/ answered 200 in \d+ ms \(staging\)$/),
    });
    const [seen] = server.seen;
    expect([seen?.method, seen?.url.pathname]).toEqual(['HEAD', '/v1/spec/openapi.json']);
    expect(Object.keys(seen?.headers ?? {})).not.toEqual(expect.arrayContaining(['x-api-key']));
    expect(seen?.headers).not.toHaveProperty('authorization');
  });

  it('asks each address once, whoever wants to know', async () => {
    await using server = await serve(raw(200, ''));
    const line = await diagnose({ addresses: [at(server.origin)] });
    expect(line('clock').state).toBe('pass');
    expect(server.seen).toHaveLength(1);
  });

  it('warns where something else answers', async () => {
    await using server = await serve(raw(302, '', { location: 'https://login.example' }));
    const line = (await diagnose({ addresses: [at(server.origin)] }))('network-here');
    expect(line).toMatchObject({ state: 'warn', evidence: expect.stringContaining('answered 302') });
    expect(server.seen).toHaveLength(1);
  });

  it('tells refused and broken off apart', async () => {
    await using server = await serve(hangUp);
    const addresses = [at(await deserted(), { name: 'nobody' }), at(server.origin, { name: 'rude' })];
    const line = await diagnose({ addresses });
    expect(line('network-nobody')).toMatchObject({
      state: 'fail',
      evidence: expect.stringMatching(/^refused: /),
    });
    expect(line('network-rude')).toMatchObject({
      state: 'fail',
      evidence: expect.stringMatching(/^dropped: /),
    });
  });

  it.each([
    ['dns', failing('ENOTFOUND', 'getaddrinfo'), /resolv\.conf/],
    ['tls', failing('SELF_SIGNED_CERT_IN_CHAIN'), /NODE_EXTRA_CA_CERTS/],
    ['timeout', failing('UND_ERR_CONNECT_TIMEOUT'), /HTTPS_PROXY/],
    ['proxy', async () => new Response(null, { status: 407 }), /HTTPS_PROXY/],
  ] as const)('tells %s trouble, with its fix', async (trouble, fetch, fix) => {
    const line = (await diagnose({ addresses: [at('https://api.cast.ai')], fetch }))('network-here');
    expect(line).toMatchObject({
      state: 'fail',
      evidence: expect.stringMatching(new RegExp(`^${trouble}: `)),
      fix: expect.stringMatching(fix),
    });
    expect(line.evidence).not.toContain('secrets');
  });

  it('says that Node leaves a proxy alone unless told to, and never where the proxy is', async () => {
    const env = { HTTPS_PROXY: 'http://ann:hunter2@proxy.example:3128' };
    const given = { addresses: [at('https://api.cast.ai')], fetch: failing('ETIMEDOUT') };
    const line = (await diagnose({ ...given, env }))('network-here');
    expect(line).toMatchObject({ state: 'fail', fix: 'NODE_USE_ENV_PROXY=1 castkeys doctor' });
    expect(JSON.stringify(line)).not.toMatch(/hunter2|proxy\.example/);
    const excepted = await diagnose({ ...given, env: { ...env, NO_PROXY: 'localhost, .cast.ai' } });
    expect(excepted('network-here').evidence).not.toContain('HTTPS_PROXY');
  });

  it('fails where certificates are switched off, though something answers', async () => {
    const fetch = async () => new Response(null, { status: 200 });
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const line = (await diagnose({ addresses: [at('https://api.cast.ai')], fetch, env }))('network-here');
    expect(line).toMatchObject({
      state: 'fail',
      fix: expect.stringContaining('unset NODE_TLS_REJECT_UNAUTHORIZED'),
    });
  });

  it('lets a practice server rest', async () => {
    const addresses = [at(await deserted(), { practice: true })];
    expect((await diagnose({ addresses }))('network-here').state).toBe('skip');
  });
});

describe('The addresses', () => {
  it('are those of the profiles, each once', () => {
    const profiles = {
      one: profileWith({}),
      two: profileWith({}),
      mine: profileWith({}, 'http://127.0.0.1:8080'),
    };
    expect(addressesOf(profiles, undefined)).toMatchObject([
      { name: 'us', origin: 'https://api.cast.ai', profiles: ['one', 'two'] },
      { name: '127.0.0.1:8080', profiles: ['mine'] },
    ]);
  });

  it('are all regions where there is no profile; then one that answers is enough', async () => {
    const addresses = addressesOf({}, undefined);
    expect(addresses.map(({ name }) => name)).toEqual(['us', 'eu', 'india']);
    const fetch: typeof globalThis.fetch = async (url, init) =>
      String(url).includes('.eu.') ? new Response(null) : failing('ENOTFOUND')(url, init);
    const line = await diagnose({ addresses, fetch });
    expect(addresses.map(({ name }) => line(`network-${name}`).state)).toEqual(['warn', 'pass', 'warn']);
    const none = await diagnose({ addresses, fetch: failing('ENOTFOUND') });
    expect(none('network-us').state).toBe('fail');
  });
});

describe('The clock', () => {
  const minute = 60_000;
  it.each([
    ['is right', 0, 'pass', /^the same time as 127/],
    ['may be a little off', 20_000, 'pass', /behind/],
    ['40 s behind is a warning', 40_000, 'warn', /^4\d s behind 127/],
    ['3 minutes ahead is a warning', -3 * minute, 'warn', /^3 min ahead of 127/],
    ['6 minutes behind fails', 6 * minute, 'fail', /^6 min behind .* no rotation revokes/],
  ] as const)('%s', async (_, serverAheadMs, state, evidence) => {
    await practising(serverAheadMs, async ({ url }) => {
      const line = (await diagnose({ addresses: [at(url)] }))('clock');
      expect(line).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
      expect(line.fix).toBe(state === 'pass' ? undefined : 'sudo timedatectl set-ntp true');
    });
  });

  it('is unknown where nobody could be asked', async () => {
    expect((await diagnose({ addresses: [at(await deserted())] }))('clock').state).toBe('unknown');
  });
});

import { createServer as createTcpServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { clientOf, failureOf } from './support/client.ts';
import { listeningOrigin } from './support/listening.ts';

/** A fetch that fails as undici does. */
function failing(cause: object): typeof fetch {
  return () => Promise.reject(new TypeError('fetch failed', { cause }));
}

function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
}

describe('a server that can’t be reached', () => {
  it.each([
    ['ENOTFOUND', 'getaddrinfo', 'dns', 'could not be resolved'],
    ['EAI_AGAIN', 'getaddrinfo', 'dns', 'could not be resolved'],
    ['ECONNREFUSED', 'connect', 'refused', 'refused the connection'],
    ['ENETUNREACH', 'connect', 'no-route', 'no way to'],
    ['ETIMEDOUT', 'connect', 'timeout', 'in time'],
    ['UND_ERR_CONNECT_TIMEOUT', '', 'timeout', 'in time'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', '', 'tls', 'no trusted connection'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', '', 'tls', 'no trusted connection'],
  ])('is told by %s (%s) to be %s, and nothing has happened', async (code, syscall, trouble, message) => {
    const { client } = clientOf('https://api.cast.ai', { fetch: failing(systemError(code, syscall)) });
    const error = await failureOf(client.tokens.create({ name: 'ci', readonly: true }));
    expect(error).toMatchObject({
      kind: 'unreachable',
      code: 'unreachable',
      exitCode: 6,
      trouble,
      mayHaveHappened: false,
    });
    expect(error.message).toContain(message);
    expect(error.message).toContain('api.cast.ai');
  });

  it.each([
    ['ECONNRESET', 'read', 'dropped'],
    ['EHOSTUNREACH', 'read', 'no-route'],
    ['UND_ERR_SOCKET', '', 'dropped'],
    ['EPROTO', 'write', 'tls'],
    ['ENEW_AND_UNHEARD_OF', '', 'other'],
  ])('may have got the request all the same: %s (%s)', async (code, syscall, trouble) => {
    const { client } = clientOf('https://api.cast.ai', { fetch: failing(systemError(code, syscall)) });
    const error = await failureOf(client.tokens.create({ name: 'ci', readonly: true }));
    expect(error).toMatchObject({ kind: 'unreachable', trouble, mayHaveHappened: true });
  });

  it('is understood through the errors of each address tried', async () => {
    const cause = new AggregateError([
      systemError('ECONNREFUSED', 'connect'),
      systemError('ECONNREFUSED', 'connect'),
    ]);
    const error = await failureOf(clientOf('https://api.cast.ai', { fetch: failing(cause) }).client.me());
    expect(error).toMatchObject({ trouble: 'refused' });
  });

  it('is not asked again about a certificate', async () => {
    const { client, pauses } = clientOf('https://api.cast.ai', {
      fetch: failing(systemError('CERT_HAS_EXPIRED', '')),
    });
    await failureOf(client.me());
    expect(pauses).toEqual([]);
  });

  it('is one that speaks no TLS', async () => {
    const server = createTcpServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const origin = (await listeningOrigin(server)).replace('http:', 'https:');
    const error = await failureOf(clientOf(origin).client.me());
    server.close();
    expect(error).toMatchObject({ kind: 'unreachable', trouble: 'tls' });
  });

  it('is one that gets no further than the handshake', async () => {
    const server = createTlsServer({}, socket => socket.end());
    server.on('tlsClientError', () => {});
    const origin = (await listeningOrigin(server)).replace('http:', 'https:');
    const error = await failureOf(clientOf(origin, { retries: 0 }).client.me());
    server.close();
    expect(error).toMatchObject({ kind: 'unreachable', trouble: 'tls' });
  });

  it('is not understood when it speaks no HTTP', async () => {
    const server = createTcpServer(socket => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    const error = await failureOf(clientOf(await listeningOrigin(server)).client.me());
    server.close();
    expect(error).toMatchObject({ kind: 'unintelligible' });
    expect(error.message).not.toContain('OpenSSH');
  });

  it('is one behind a proxy that wants a login', async () => {
    const proxied: typeof fetch = async () => new Response('', { status: 407 });
    const error = await failureOf(clientOf('https://api.cast.ai', { fetch: proxied }).client.me());
    expect(error).toMatchObject({ kind: 'unreachable', trouble: 'proxy' });
  });
});

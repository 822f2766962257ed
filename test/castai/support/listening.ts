import type { Server } from 'node:net';

/** Starts a server on a free port of loopback; its origin. */
export async function listeningOrigin(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening on a port');
  return `http://127.0.0.1:${address.port}`;
}

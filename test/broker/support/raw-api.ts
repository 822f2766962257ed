import { createServer, type Server, type Socket } from 'node:net';

/** One request as it arrived, read as leniently as the most careless server would. */
export interface Arrived {
  readonly line: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export interface RawApi extends AsyncDisposable {
  readonly url: string;
  readonly arrived: readonly Arrived[];
}

/** A server that writes down every byte sent to it, and answers `{}` to each head it sees, whatever that says. */
export async function rawApi(): Promise<RawApi> {
  const arrived: Arrived[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    let unread = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      unread += text;
      for (;;) {
        const end = unread.indexOf('\r\n\r\n');
        if (end < 0) return;
        const [line = '', ...lines] = unread.slice(0, end).split('\r\n');
        const headers = lines.map(
          one => [one.split(':', 1)[0] ?? '', one.slice(one.indexOf(':') + 1).trim()] as const,
        );
        const length = Number(headers.find(([name]) => /^content-length$/i.test(name))?.[1] ?? 0);
        const isChunked = headers.some(([name]) => /^transfer-encoding$/i.test(name));
        const rest = unread.slice(end + 4);
        const bodyEnd = isChunked ? rest.indexOf('0\r\n\r\n') + 5 : length;
        if (rest.length < bodyEnd || (isChunked && bodyEnd < 5)) return;
        arrived.push({ line, headers, body: rest.slice(0, bodyEnd) });
        unread = rest.slice(bodyEnd);
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}');
      }
    });
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    arrived,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { askSecretService } from '../../../source/keychain/secret-service/secret-service.ts';
import { describeWithKeyring, type KeyringMode, startKeyring } from '../../support/keyring.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

describeWithKeyring('asking a real keyring service', () => {
  const keyring = async (mode: KeyringMode) => {
    const started = await startKeyring(mode);
    cleanUps.push(started.end);
    return started;
  };

  it('says unlocked, and which service that is', async () => {
    const { env } = await keyring('unlocked');
    expect(await askSecretService({ env })).toEqual({
      state: 'unlocked',
      evidence: 'the default keyring of gnome-keyring is unlocked',
      provider: { name: 'gnome-keyring', pid: expect.any(Number) },
    });
  });

  it('says locked', async () => {
    const { env } = await keyring('locked');
    expect(await askSecretService({ env })).toMatchObject({ state: 'locked' });
  });

  it('says that there is a bus but no service', async () => {
    const { env } = await keyring('none');
    expect(await askSecretService({ env })).toEqual({
      state: 'no-service',
      evidence: 'no keyring service runs on the D-Bus session bus',
    });
  });

  it('follows a service that dies, comes back and freezes', async () => {
    const service = await keyring('unlocked');
    await service.kill();
    expect(await askSecretService(service)).toMatchObject({ state: 'no-service' });
    await service.restart();
    expect(await askSecretService(service)).toMatchObject({ state: 'unlocked' });
    service.freeze();
    const frozen = await askSecretService({ env: service.env, limitMs: 200 });
    expect(frozen).toMatchObject({ state: 'hung', provider: { name: 'gnome-keyring' } });
    expect(frozen.evidence).toMatch(
      /^the keyring service gnome-keyring \(process \d+\) did not answer within 200 ms$/,
    );
    service.thaw();
    expect(await askSecretService(service)).toMatchObject({ state: 'unlocked' });
  });

  it('says that the bus is gone when it died', async () => {
    const service = await keyring('unlocked');
    await service.killBus();
    expect(await askSecretService(service)).toMatchObject({ state: 'no-bus' });
  });

  it('tries the addresses in their order until one answers', async () => {
    const { env } = await keyring('unlocked');
    const address = `unix:path=/nowhere/bus;${env['DBUS_SESSION_BUS_ADDRESS']}`;
    expect(await askSecretService({ env: { DBUS_SESSION_BUS_ADDRESS: address } })).toMatchObject({
      state: 'unlocked',
    });
  });
});

describe('asking something that is no proper bus', () => {
  const listen = async (converse: (socket: Socket) => void) => {
    const directory = await mkdtemp(join(tmpdir(), 'castkeys-bus-'));
    const path = join(directory, 'bus');
    const server: Server = createServer(converse);
    await new Promise<void>(resolve => server.listen(path, resolve));
    cleanUps.push(async () => {
      server.close();
      await rm(directory, { recursive: true, force: true });
    });
    return { env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` }, limitMs: 200 };
  };
  const welcome = (then: (socket: Socket) => void) => (socket: Socket) => {
    socket.once('data', () => {
      socket.write('OK 0123456789abcdef\r\n');
      socket.once('data', () => then(socket));
    });
    socket.on('error', () => {});
  };

  it('says that there is no bus where none is named', async () => {
    expect(await askSecretService({ env: {} })).toMatchObject({ state: 'no-bus' });
  });

  it('says hung of a bus that takes the connection and never says a word', async () => {
    const question = await listen(() => {});
    expect(await askSecretService(question)).toEqual({
      state: 'hung',
      evidence: 'the D-Bus session bus did not answer within 200 ms',
    });
  });

  it.each([
    [
      'refuses this user',
      (socket: Socket) => void socket.write('REJECTED EXTERNAL\r\n'),
      'the bus refused this user',
    ],
    ['hangs up', (socket: Socket) => void socket.end(), 'the bus closed the connection'],
    ['talks nonsense', welcome(socket => void socket.write('GET / HTTP/1.1\r\n\r\n')), 'unknown byte order'],
    [
      'hangs up in the middle',
      welcome(socket => void socket.end('l\x02\x00\x01')),
      'the bus closed the connection',
    ],
  ])('says that there is no bus where somebody %s', async (_, converse, why) => {
    const answer = await askSecretService(await listen(converse));
    expect(answer).toEqual({ state: 'no-bus', evidence: `the D-Bus session bus does not answer (${why})` });
  });

  it.runIf(process.platform === 'linux')('finds a bus at an abstract socket', async () => {
    const name = `castkeys-test-${process.pid}`;
    const server = createServer(socket => void socket.end('REJECTED\r\n')).listen(`\0${name}`);
    cleanUps.push(async () => void server.close());
    const env = { DBUS_SESSION_BUS_ADDRESS: `unix:abstract=${name}` };
    expect(await askSecretService({ env })).toMatchObject({
      evidence: expect.stringContaining('refused this user'),
    });
  });

  it('understands a bus of the other byte order', async () => {
    // NameHasOwner: false, then ListActivatableNames: an empty list; replies to the serials 2 and 3.
    const reply = (serial: number, signature: string, body: number[]) =>
      Buffer.from([
        ...[0x42, 2, 1, 1, 0, 0, 0, body.length, 0, 0, 0, 9, 0, 0, 0, 15 + signature.length - 1],
        ...[5, 1, 0x75, 0, 0, 0, 0, serial, 8, 1, 0x67, 0, signature.length, ...Buffer.from(signature), 0],
        ...Array.from({ length: 2 - signature.length }, () => 0),
        ...body,
      ]);
    const question = await listen(
      welcome(socket => {
        socket.write(reply(2, 'b', [0, 0, 0, 0]));
        socket.once('data', () => void socket.write(reply(3, 'as', [0, 0, 0, 0])));
      }),
    );
    expect(await askSecretService(question)).toMatchObject({ state: 'no-service' });
  });
});

import { access, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startPractice } from '../../source/practice/practice.ts';
import { ask } from './support/asking.ts';

describe('the practice server', () => {
  it('listens on loopback, on a free port or the one asked for', async () => {
    const first = await startPractice();
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await first.close();
    const again = await startPractice({ port: Number(new URL(first.url).port) });
    expect(again.url).toBe(first.url);
    await again.close();
  });

  it('says so where the port is in use, and writes no state file', async () => {
    const first = await startPractice();
    const directory = await mkdtemp(join(tmpdir(), 'castkeys-practice-'));
    const stateFile = join(directory, 'practice.json');
    const port = Number(new URL(first.url).port);
    await expect(startPractice({ port, stateFile })).rejects.toMatchObject({
      code: 'port-taken',
      exitCode: 1,
      message: expect.stringContaining(`Port ${port}`),
    });
    await expect(access(stateFile)).rejects.toThrow('ENOENT');
    await first.close();
    await rm(directory, { recursive: true });
  });

  it('says so where the port is none', async () => {
    await expect(startPractice({ port: 70_000 })).rejects.toMatchObject({ code: 'usage', exitCode: 2 });
  });

  it('closes at once, whoever still waits: idle, half-asked, or for a slow answer', async () => {
    const server = await startPractice({ behaviour: { failures: [{ kind: 'slow', ms: 60_000 }] } });
    const slow = ask(server, server.keys.viewer, 'GET /v1/me').catch((thrown: unknown) => thrown);
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => {});
    const ended = new Promise(resolve => socket.once('close', resolve));
    socket.write('GET /v1/me HTTP/1.1\r\nHost: practice\r\nContent-Le');
    await expect.poll(() => server.control.requests().length).toBe(1);

    const started = performance.now();
    await server.close();
    await server.close();
    expect(await slow).toBeInstanceOf(TypeError);
    await ended;
    expect(performance.now() - started).toBeLessThan(2000);
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  });

  it('refuses a body past a megabyte, and lives on', async () => {
    const server = await startPractice();
    const body = { name: 'x'.repeat(1_100_000), readonly: true };
    const answered = await ask(server, server.keys.personal, 'POST /v1/auth/tokens', { body });
    expect(answered.status).toBe(400);
    expect((await ask(server, server.keys.personal, 'GET /v1/me')).status).toBe(200);
    await server.close();
  });
});

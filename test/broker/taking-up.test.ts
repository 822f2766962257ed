import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { CastkeysError } from '../../source/errors.ts';
import { livingRuns } from '../../source/runs/runs.ts';
import { aKey } from '../support/install.ts';
import { api } from './support/api.ts';
import { aBroker, type Behind } from './support/behind.ts';

const [first, second] = [aKey('a'), aKey('b')];

/** Says which key a request came with; `refuses` are answered 401. */
const told =
  (refuses: readonly string[] = []) =>
  (request: IncomingMessage, response: ServerResponse) => {
    const key = String(request.headers['x-api-key']);
    response.statusCode = refuses.includes(key) ? 401 : 200;
    response.end(key === first.reveal() ? 'first' : 'second');
  };

const holding = ({ install }: Behind, id: string) =>
  livingRuns(install.home, id).map(({ kind, pid }) => ({ kind, pid }));
const here = { kind: 'broker', pid: process.pid };

describe('a rotation behind a broker', () => {
  it('is taken up by itself: requests go out with the new key, and the old one is let go', async () => {
    await using server = await api(told());
    await using behind = await aBroker({ origin: server.origin, keys: { reader: first } });
    const old = behind.idOf('reader');
    expect(holding(behind, old)).toEqual([here]);
    expect(await (await behind.ask('/v1/x')).text()).toBe('first');
    const now = await behind.switchTo('reader', second);
    await vi.waitFor(() => expect(holding(behind, old)).toEqual([]), 5000);
    expect(holding(behind, now)).toEqual([here]);
    expect(await (await behind.ask('/v1/x')).text()).toBe('second');
  });

  it('waits for the last request that is on its way with the old key', async () => {
    let answer = (): void => {};
    await using server = await api((request, response) => {
      if (request.url === '/v1/slow') answer = () => response.end('late');
      else told()(request, response);
    });
    await using behind = await aBroker({ origin: server.origin, keys: { reader: first } });
    const old = behind.idOf('reader');
    const slow = behind.ask('/v1/slow');
    await vi.waitFor(() => expect(behind.broker.summary().forwarded).toBe(1));
    const now = await behind.switchTo('reader', second);
    await vi.waitFor(async () => expect(await (await behind.ask('/v1/x')).text()).toBe('second'), 5000);
    expect([holding(behind, old), holding(behind, now)]).toEqual([[here], [here]]);
    answer();
    expect(await (await slow).text()).toBe('late');
    await vi.waitFor(() => expect(holding(behind, old)).toEqual([]));
  });

  it('is noticed at the first 401, and the request is asked once more with the new key', async () => {
    await using server = await api(told([first.reveal()]));
    await using behind = await aBroker({
      origin: server.origin,
      keys: { reader: first },
      policy: { scopes: ['write:*'] },
    });
    await behind.switchTo('reader', second);
    const answer = await behind.ask('/v1/x', { method: 'POST', body: '{}' });
    expect([answer.status, await answer.text()]).toEqual([200, 'second']);
  });

  it('that did not happen leaves a 401 as it is', async () => {
    await using server = await api(told([first.reveal()]));
    await using behind = await aBroker({ origin: server.origin, keys: { reader: first } });
    expect((await behind.ask('/v1/x')).status).toBe(401);
  });

  it('is not taken up while the keychain is locked: the old key stays in use, and in the register', async () => {
    await using server = await api(told());
    let locked = false;
    const said: unknown[] = [];
    await using behind = await aBroker({
      origin: server.origin,
      keys: { reader: first },
      beforeReading: () => {
        if (locked) throw new CastkeysError('keychain-locked', 'It is locked.', 'unlock it');
      },
      options: { onTrouble: (role, thrown) => said.push([role, thrown]) },
    });
    locked = true;
    const old = behind.idOf('reader');
    await behind.switchTo('reader', second);
    await vi.waitFor(() => expect(said).not.toEqual([]), 5000);
    expect(said[0]).toEqual(['reader', expect.objectContaining({ code: 'keychain-locked' })]);
    expect(await (await behind.ask('/v1/x')).text()).toBe('first');
    expect(holding(behind, old)).toEqual([here]);
    locked = false;
    await vi.waitFor(() => expect(holding(behind, old)).toEqual([]), 5000);
    expect(await (await behind.ask('/v1/x')).text()).toBe('second');
  });

  it('to a key of another address is none: such a key is never sent here', async () => {
    await using server = await api(told());
    await using behind = await aBroker({ origin: server.origin, keys: { reader: first } });
    await behind.install.update(config => ({
      ...config,
      credentials: Object.fromEntries(
        Object.entries(config.credentials).map(([id, one]) => [
          id,
          { ...one, origin: 'https://api.eu.cast.ai' },
        ]),
      ),
    }));
    await vi.waitFor(async () => expect((await behind.ask('/v1/x')).status).toBe(503), 5000);
  });

  it('can not wait for a broker that could not be entered in the register, and that is said', async () => {
    await using server = await api(told());
    const said: string[] = [];
    await using behind = await aBroker({
      origin: server.origin,
      keys: { reader: first },
      options: {
        home: { config: '/nonexistent', state: '/proc/no-such-place' },
        onUnregistered: reason => said.push(reason),
      },
    });
    expect(said).toEqual([expect.stringContaining("can't be written")]);
    expect(await (await behind.ask('/v1/x')).text()).toBe('first');
  });

  it('is over when the broker ends: it holds no key any more', async () => {
    await using server = await api(told());
    const behind = await aBroker({ origin: server.origin, keys: { reader: first } });
    const id = behind.idOf('reader');
    await behind.broker.close();
    expect(holding(behind, id)).toEqual([]);
    await behind[Symbol.asyncDispose]();
  });
});

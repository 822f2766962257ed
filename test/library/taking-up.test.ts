import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { storeCredential } from '../../source/credentials/credentials.ts';
import { castai } from '../../source/index.ts';
import { type Install, openInstall, Passphrase } from '../../source/install/install.ts';
import { api } from '../broker/support/api.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { aKey, today } from '../support/install.ts';
import { homeIn, temporaryDirectory } from '../support/temporary.ts';

const [first, second] = [aKey('a'), aKey('b')];

/** An install whose keys are in the encrypted file, so that it can be opened anew; and what opens it. */
async function anInstall(origin: string) {
  const directory = temporaryDirectory();
  const env = { CASTKEYS_HOME: directory.path, CASTKEYS_STORE: 'file', CASTKEYS_PASSPHRASE: 'correct horse' };
  const home = homeIn(directory.path);
  const install = openInstall({
    home,
    env,
    clock: () => today,
    passphrase: new Passphrase(env),
    isAttended: false,
  });
  await install.update(config => ({ ...config, profiles: { dev: aProfile({ origin, region: origin }) } }));
  return { install, env, [Symbol.dispose]: () => directory[Symbol.dispose]() };
}

const store = (install: Install, secret: typeof first, origin: string) =>
  storeCredential(install, {
    place: { kind: 'slot', profile: 'dev', role: 'reader' },
    secret,
    origin,
    replace: true,
  });

describe('a program that goes on through a rotation', () => {
  it('asks with the new key as soon as it is switched to', async () => {
    const seen: string[] = [];
    await using server = await api((request, response) => {
      seen.push(String(request.headers['x-api-key']));
      response.end('{}');
    });
    using here = await anInstall(server.origin);
    await store(here.install, first, server.origin);
    const { reader } = castai('dev', { env: here.env });
    await reader.me();
    await store(here.install, second, server.origin);
    await reader.me();
    await reader.fetch('/v1/anything');
    expect(seen).toEqual([first, second, second].map(key => key.reveal()));
  });

  it('is not stopped by a 401 in the middle: the call is sent once more with the other key', async () => {
    let here: Awaited<ReturnType<typeof anInstall>> | undefined;
    const answer = async (request: IncomingMessage, response: ServerResponse) => {
      const isOld = request.headers['x-api-key'] === first.reveal();
      // The rotation happens while the request is on its way.
      if (isOld && here) await store(here.install, second, server.origin);
      response.writeHead(isOld ? 401 : 200, { 'Content-Type': 'application/json' }).end('{"name":"second"}');
    };
    await using server = await api((request, response) => void answer(request, response));
    using opened = await anInstall(server.origin);
    here = opened;
    for (const call of ['typed', 'any'] as const) {
      await store(opened.install, first, server.origin);
      const { reader } = castai('dev', { env: opened.env });
      const name =
        call === 'typed'
          ? (await reader.me()).name
          : (
              (await (await reader.fetch('/v1/me', { method: 'POST', body: '{}' })).json()) as {
                name: string;
              }
            ).name;
      expect([call, name]).toEqual([call, 'second']);
    }
  });

  it('is told of a 401 where there is no other key, after one look', async () => {
    let asked = 0;
    await using server = await api((_, response) => {
      asked += 1;
      response.writeHead(401).end('{"message":"unauthorized","fieldViolations":[]}');
    });
    using here = await anInstall(server.origin);
    await store(here.install, first, server.origin);
    const { reader } = castai('dev', { env: here.env });
    await expect(reader.me()).rejects.toMatchObject({ kind: 'unauthorized' });
    expect((await reader.fetch('/v1/me')).status).toBe(401);
    expect(asked).toBe(2);
  });

  it('never sends a key elsewhere: not to another path’s host, and not where the profile was pointed since', async () => {
    let asked = 0;
    await using server = await api((_, response) => {
      asked += 1;
      response.end('{}');
    });
    using here = await anInstall(server.origin);
    await store(here.install, first, server.origin);
    const { reader, writer } = castai('dev', { env: here.env });
    for (const path of ['https://evil.example/v1/me', '//evil.example/v1/me', 'v1/me', '@evil.example/']) {
      await expect(reader.fetch(path)).rejects.toMatchObject({ code: 'usage' });
    }
    await expect(writer.me()).rejects.toMatchObject({ code: 'credential-missing' });
    await here.install.update(config => ({
      ...config,
      credentials: Object.fromEntries(
        Object.entries(config.credentials).map(([id, one]) => [
          id,
          { ...one, origin: 'https://api.eu.cast.ai' },
        ]),
      ),
    }));
    await expect(reader.me()).rejects.toMatchObject({ code: 'origin-mismatch' });
    expect(asked).toBe(0);
  });
});

import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PracticeOptions, type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { addAccount, ask, bind, pick, pickText, roleId } from './support/asking.ts';

let directory: string;
let stateFile: string;
const open: PracticeServer[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'castkeys-practice-'));
  stateFile = join(directory, 'state', 'practice.json');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()));
  await rm(directory, { recursive: true });
});

async function start(options: PracticeOptions = {}): Promise<PracticeServer> {
  const server = await startPractice({ stateFile, behaviour: { bindingCreatedAfterMs: 0 }, ...options });
  open.push(server);
  return server;
}

describe('a practice world with a state file', () => {
  it('is the same after a restart', async () => {
    const first = await start();
    const account = await addAccount(first, 'lasting');
    await bind(first, account.id, roleId.viewer);
    await ask(first, account.secret, 'GET /v1/me');
    const before = first.control.overview();
    await first.close();

    const second = await start();
    expect(second.organizationId).toBe(first.organizationId);
    expect(second.keyIds).toEqual(first.keyIds);
    expect(second.keys.admin.reveal()).toBe(first.keys.admin.reveal());
    expect(second.control.overview()).toEqual({ ...before, url: second.url });
    expect((await ask(second, account.secret, 'GET /v1/me')).status).toBe(200);
    expect((await ask(second, second.keys.admin, 'GET /v1/me')).status).toBe(200);
    const events = await ask(second, second.keys.viewer, 'GET /v2/audit/events?filter.resources=api-key');
    expect(pick(events, 'count')).toBe(1);
  });

  it('holds what was answered, even when the server just vanishes', async () => {
    const first = await start();
    const { keyId } = await addAccount(first, 'answered');
    // Not closed: another server reads what was on disk at the moment of the answer.
    const second = await start();
    expect(second.control.overview().keys.map(key => key.id)).toContain(keyId);
  });

  it('keeps a disabled key disabled', async () => {
    const first = await start();
    await first.control.disable(first.keyIds.viewer);
    await first.close();
    const second = await start();
    expect((await ask(second, second.keys.viewer, 'GET /v1/me')).status).toBe(401);
  });

  it('is readable by its owner alone, and leaves nothing half-written beside it', async () => {
    const server = await start();
    await Promise.all(['a', 'b', 'c', 'd'].map(name => addAccount(server, name)));
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, 'state'))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(directory, 'state'))).toEqual(['practice.json']);
    await server.close();
    await chmod(stateFile, 0o644);
    await start();
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
  });

  it('hands out the seeded keys again, and has no value on disk', async () => {
    const server = await start();
    const { secret } = await addAccount(server, 'secretive');
    const personal = await ask(server, server.keys.personal, 'POST /v1/auth/tokens', {
      body: { name: 'mine', readonly: true },
    });
    const kept = await readFile(stateFile, 'utf8');
    for (const key of Object.values(server.keys)) expect(kept).not.toContain(key.reveal());
    expect(kept).not.toContain(secret.reveal());
    expect(kept).not.toContain(pickText(personal, 'token'));
  });

  it('opened under another region knows none of its keys', async () => {
    const us = await start({ region: 'us' });
    await us.close();
    const eu = await start({ region: 'eu' });
    expect((await ask(eu, eu.keys.admin, 'GET /v1/me')).status).toBe(401);
    await eu.close();
    const again = await start();
    expect(again.region).toBe('us');
    expect((await ask(again, again.keys.admin, 'GET /v1/me')).status).toBe(200);
  });

  it.each([
    ['not JSON', '{"format":'],
    ['JSON of something else', '{"profiles":[]}'],
    ['empty', ''],
  ])('refuses a damaged file and leaves it as it is: %s', async (_what, damaged) => {
    stateFile = join(directory, 'damaged.json');
    await writeFile(stateFile, damaged);
    await expect(start()).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining(stateFile),
    });
    expect(await readFile(stateFile, 'utf8')).toBe(damaged);
  });

  it('does not quote a damaged file in its error', async () => {
    const server = await start();
    const key = server.keys.admin.reveal();
    await server.close();
    const text = await readFile(stateFile, 'utf8');
    await writeFile(stateFile, text.replace('"sequence"', '"consequence"'));
    const error = await start().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'config-invalid' });
    expect(String(error) + JSON.stringify(error)).not.toContain(key);
  });

  it('refuses what it can’t read as a file', async () => {
    stateFile = directory;
    await expect(start()).rejects.toMatchObject({ code: 'config-unreadable' });
  });

  it('says so where it can’t be written, and does not stay open', async () => {
    await writeFile(join(directory, 'state'), 'a file where the directory should be');
    stateFile = join(directory, 'state', 'practice.json');
    await expect(start()).rejects.toMatchObject({
      code: expect.stringMatching(/home-unwritable|config-unreadable/),
    });
  });
});

describe('a practice world without one', () => {
  it('is new each time', async () => {
    const first = await startPractice();
    const second = await startPractice();
    open.push(first, second);
    expect(second.organizationId).not.toBe(first.organizationId);
    expect((await ask(second, first.keys.admin, 'GET /v1/me')).status).toBe(401);
  });
});

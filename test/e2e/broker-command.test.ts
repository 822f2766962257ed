import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';

describeWithKeyring('castkeys broker', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const ask = (url: string, token: string) =>
    fetch(`${url}/v1/kubernetes/external-clusters`, { headers: { Authorization: `Bearer ${token}` } });

  it('prints what programs need, serves them, and ends when it is told to', async () => {
    await using running = machine.start(['broker']);
    await running.line(/^CASTKEYS_BROKER=/);
    const printed = Object.fromEntries(running.lines().map(line => line.split('=', 2)));
    expect(printed).toMatchObject({
      CASTAI_API_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      CASTAI_API_TOKEN: printed['CASTAI_API_KEY'],
      CASTAI_ORGANIZATION_ID: machine.practice.organizationId,
      CASTKEYS_PROFILE: 'development',
      CASTKEYS_BROKER: printed['CASTAI_API_URL'],
    });
    const { CASTAI_API_URL: url = '', CASTAI_API_KEY: token = '' } = printed;
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(url, token)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    await ask(url, 'x');
    running.signal('SIGINT');
    const ended = await running.ended;
    expect(ended.exitCode).toBe(130);
    expect(ended.stderr).toMatch(
      /passed 8 requests on and refused 1:\n {2}GET \/v1\/kubernetes\/external-clusters: The request does not carry this run's token/,
    );
    expect(ended.raw.includes(machine.practice.keys.viewer.reveal())).toBe(false);
  });

  it('ends by itself when nobody has used it for so long', async () => {
    await using running = machine.start(['broker', '--idle', '300ms', '--json']);
    const { url, tokens, profile, pid } = JSON.parse(await running.line(/url/));
    expect({ profile, pid }).toEqual({ profile: 'development', pid: running.pid });
    expect((await ask(url, tokens.reader)).status).toBe(200);
    expect(await running.ended).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('listens where it is told to, if nobody else does', async () => {
    const other = createServer();
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = String(typeof address === 'object' && address ? address.port : 0);
    const refused = await machine.run(['broker', '--port', port, '--json']);
    expect(refused.exitCode).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      error: { code: 'port-taken', next: expect.stringContaining('--port') },
    });
    await new Promise(resolve => other.close(resolve));
    await using running = machine.start(['broker', '--port', port, '--json']);
    expect(JSON.parse(await running.line(/url/))).toMatchObject({ url: `http://127.0.0.1:${port}` });
  });

  it.each([
    [['--idle', 'soon'], /--idle takes a duration/],
    [['--port', '99999'], /--port takes a number/],
    [['--role', 'writer'], /no writer key/],
    [['--role', 'owner'], /no such role/],
    [['--profile', 'nobody'], /no profile called/],
    [['word'], /was not expected/],
  ])('does not start with %j', async (words, why) => {
    const ran = await machine.run(['broker', ...words]);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(why) });
  });
});

import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '../../../source/commands/command.ts';
import { command as sign } from '../../../source/commands/webhook-sign.ts';
import { command as verify } from '../../../source/commands/webhook-verify.ts';
import { calling } from '../../support/call.ts';
import { today } from '../../support/install.ts';
import { stdinOf } from '../../support/streams.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../../support/temporary.ts';

const secret = 'a secret of somebody, in a variable';
const body = '{"id":"1"}\n';

describe('webhook sign and verify', () => {
  let directory: TemporaryDirectory;
  beforeEach(() => {
    directory = temporaryDirectory();
    return () => directory[Symbol.dispose]();
  });
  const run = async (command: Command, words: readonly string[], input: string | Buffer = body) => {
    const env = { SECRET: secret };
    const { call, stdout } = calling(command, ['--secret-env', 'SECRET', ...words], {
      home: directory.path,
      env,
      stdin: stdinOf(input),
    });
    const exitCode = await command.run(call);
    return { exitCode, stdout: stdout() };
  };

  it('prints what openssl would, and takes it back', async () => {
    const hex = createHmac('sha256', secret).update(body).digest('hex');
    const { stdout } = await run(sign, []);
    expect(stdout).toBe(`sha256=${hex}\n`);
    expect(await run(verify, ['--signature', stdout.trim()])).toMatchObject({ exitCode: undefined });
    expect(await run(verify, ['--signature', stdout.trim()], `${body} `)).toMatchObject({
      exitCode: 3,
      stdout: expect.stringMatching(/^Not genuine: /),
    });
  });

  it('prints headers of the standard, and takes them back', async () => {
    const seconds = String(today.getTime() / 1000);
    const { stdout } = await run(sign, ['--standard', '--id', 'n-1']);
    const [, signature = ''] = /^webhook-signature: (v1,.*)$/m.exec(stdout) ?? [];
    expect(stdout).toMatch(
      new RegExp(`^webhook-id: n-1\nwebhook-timestamp: ${seconds}\nwebhook-signature: v1,`),
    );
    const headers = ['--signature', signature, '--id', 'n-1', '--timestamp', seconds];
    expect(await run(verify, [...headers, '--tolerance', '0'])).toMatchObject({ exitCode: undefined });
    expect(await run(verify, [...headers.slice(0, -1), `${seconds}1`])).toMatchObject({ exitCode: 3 });
  });

  it('say it as JSON', async () => {
    const { stdout } = await run(sign, ['--json', '--base64']);
    const { signature } = JSON.parse(stdout);
    expect(JSON.parse((await run(verify, ['--json', '--signature', signature])).stdout)).toEqual({
      genuine: true,
      secret: 'current',
    });
    expect(JSON.parse((await run(verify, ['--json', '--signature', 'x'])).stdout)).toEqual({
      genuine: false,
      reason: 'wrong-signature',
    });
  });

  it('take any bytes as they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async bytes => {
        const { stdout } = await run(sign, [], Buffer.from(bytes));
        expect(stdout).toBe(`sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}\n`);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['no signature', verify, []],
    ['a v1 signature without its id', verify, ['--signature', 'v1,abc=']],
    ['a tolerance that is no number', verify, ['--signature', 'x', '--tolerance', 'soon']],
    ['an id that can not be signed', sign, ['--standard', '--id', 'a.b']],
    ['a time that is none', sign, ['--standard', '--timestamp', 'now']],
  ] as const)('refuse %s', async (_what, command, words) => {
    await expect(run(command, words)).rejects.toMatchObject({ code: 'usage', exitCode: 2 });
  });

  it('refuse a terminal as the payload, and a variable that holds nothing', async () => {
    const attended = calling(sign, ['--secret-env', 'SECRET'], {
      env: { SECRET: secret },
      stdin: stdinOf('', true),
    });
    await expect(sign.run(attended.call)).rejects.toMatchObject({ code: 'usage' });
    const { call } = calling(sign, ['--secret-env', 'NONE'], { env: {} });
    await expect(sign.run(call)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('NONE'),
    });
  });
});

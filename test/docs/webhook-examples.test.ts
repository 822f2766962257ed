import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeWebhookSecret } from '../../source/webhooks/webhooks.ts';
import { listeningOrigin } from '../castai/support/listening.ts';
import { start } from '../support/program.ts';
import { directoryInProject } from './support/directory-in-project.ts';

/** The example of this framework, as the documentation prints it, with the library as it is here. */
function exampleOf(framework: string): string {
  const docs = readFileSync('docs/webhooks.md', 'utf8');
  const [, code] = new RegExp(`^\`\`\`js ${framework}\\n(.*?)^\`\`\``, 'ms').exec(docs) ?? [];
  if (code === undefined) throw new Error(`docs/webhooks.md has no example for ${framework}`);
  return code.replace("'castkeys'", JSON.stringify(pathToFileURL('source/webhooks/webhooks.ts').href));
}

async function freePort(): Promise<string> {
  const server = createServer();
  const { port } = new URL(await listeningOrigin(server));
  await new Promise(resolve => server.close(resolve));
  return port;
}

describe.each(['express', 'fastify', 'hono'])('the documented receiver with %s', framework => {
  it('takes what is genuine once, and answers everything else 401 with nothing', async () => {
    using directory = directoryInProject();
    const file = directory.at('receiver.mjs');
    writeFileSync(file, exampleOf(framework));
    const [secret, previous] = [makeWebhookSecret().reveal(), makeWebhookSecret().reveal()];
    const PORT = await freePort();
    await using receiver = start(process.execPath, [file], {
      cwd: directory.path,
      env: { PATH: process.env['PATH'] ?? '', PORT, CASTAI_SECRET: secret, CASTAI_SECRET_PREVIOUS: previous },
    });
    await receiver.line(/listening/);
    const send = async (body: string, token?: string) => {
      const response = await fetch(`http://127.0.0.1:${PORT}/hook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { 'x-webhook-token': token } : {}) },
        body,
      });
      return [response.status, await response.text()];
    };
    const notification = (id: string, ageMs = 0) =>
      JSON.stringify({
        id,
        timestamp: new Date(Date.now() - ageMs),
        severity: 'ERROR',
        name: 'Node "α" is gone',
      });
    expect(await send(notification('1'), secret)).toEqual([204, '']);
    expect(await send(notification('2'), previous)).toEqual([204, '']);
    const refused = [
      await send(notification('1'), secret),
      await send(notification('3')),
      await send(notification('4'), `${secret}x`),
      await send(notification('5', 400_000), secret),
      await send(notification('6', -400_000), secret),
      await send('{"id":', secret),
      await send('x'.repeat(2 ** 20 - 1), secret),
    ];
    expect(refused).toEqual(refused.map(() => [401, '']));
    receiver.signal('SIGKILL');
    const { stdout, stderr } = await receiver.ended;
    expect(stdout).toContain('genuine: ERROR Node "α" is gone');
    expect(stderr.match(/webhook refused:/g)).toHaveLength(refused.length);
    expect(stdout + stderr).not.toContain(secret);
  });
});

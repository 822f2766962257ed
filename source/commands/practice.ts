import { once } from 'node:events';
import { exitCodeOfEnd } from '../interruption.ts';
import type { Command } from './command.ts';
import { portOf } from './port-option.ts';

export const command: Command = {
  usage: ['practice [--port N] [--region us]'],
  summary: 'A pretended Cast AI on this machine, to try things out',
  about: [
    'Prints one JSON line when ready: {url, organizationId, adminKey, keys, keyIds, …}. The keys open nothing but this server.',
    'Disasters on demand: curl -X POST URL/practice/behaviour -d \'{"failures":[{"kind":"slow","ms":3000}]}\'; GET URL/practice lists the keys.',
  ].join('\n'),
  options: {
    port: { type: 'string', value: 'N', help: 'listen there; without it, where it listened before' },
    region: {
      type: 'string',
      value: 'us',
      help: 'the region it pretends to be: keys of another one are refused',
    },
  },
  async run({ home, flags, signal, streams }) {
    const { startPracticeAtHome } = await import('../practice/practice.ts');
    const port = portOf({ flags });
    const region = flags.text('region');
    const server = await startPracticeAtHome(home, {
      ...(port === undefined ? {} : { port }),
      ...(region === undefined ? {} : { region }),
    });
    const keys = Object.fromEntries(Object.entries(server.keys).map(([name, key]) => [name, key.reveal()]));
    const ready = {
      url: server.url,
      region: server.region,
      organizationId: server.organizationId,
      organizationName: server.organizationName,
      adminKey: server.keys.admin.reveal(),
      keys,
      keyIds: server.keyIds,
      practice: true,
    };
    streams.stdout.write(`${JSON.stringify(ready)}\n`);
    if (streams.stderr.isTTY)
      streams.stderr.write(
        'Practising: nothing here reaches Cast AI. Ctrl+C ends the server; its state stays.\n',
      );
    if (!signal.aborted) await once(signal, 'abort');
    await server.close();
    return exitCodeOfEnd(signal);
  },
};

import { setTimeout as delay } from 'node:timers/promises';
import type { Broker } from '../broker/broker.ts';
import { CastkeysError, exitCode } from '../errors.ts';
import { exitCodeOfEnd } from '../interruption.ts';
import { type ChosenProfile, type Role, roles } from '../profiles/profiles.ts';
import { openBrokerFor } from './broker-for.ts';
import { brokerSummary } from './broker-words.ts';
import type { Call, Command } from './command.ts';
import { portOf } from './port-option.ts';
import { profileOf, roleOf } from './role-option.ts';
import { noKey } from './run/child-environment.ts';
import { handOver } from './run/hand-over.ts';
import { profileVariables } from './run/profile-variables.ts';
import { withSession } from './session.ts';
import { durationOf } from './webhook/duration.ts';

export const command: Command = {
  usage: ['broker [--role reader|writer] [--port N] [--idle DURATION]'],
  summary: 'The broker of run --broker, for several programs',
  about: [
    'Serves the keys of a profile on 127.0.0.1 until it is ended. Prints what the programs need as variables, one a line,',
    'and with --json as one document; the tokens in it are good for this broker only, and as long as it runs.',
    'With --idle it ends by itself after so long without a request.',
  ].join('\n'),
  options: {
    role: { type: 'string', value: 'ROLE', help: 'reader or writer; without it, whatever the profile has' },
    port: { type: 'string', value: 'N', help: 'listen there; without it, on any free port' },
    idle: { type: 'string', value: 'DURATION', help: 'end after so long without a request: 30m, 8h' },
  },
  examples: ['castkeys broker --idle 8h > broker.env', 'castkeys broker --port 4180 --json'],
  run: call =>
    withSession(call, async session => {
      const idleMs = call.flags.text('idle');
      const idle = idleMs === undefined ? undefined : durationOf(idleMs, '--idle');
      const port = portOf(call);
      const config = session.install.config();
      const chosen = profileOf(call, config);
      if (!config) throw new CastkeysError('profile-missing', 'There is no profile yet.', 'castkeys setup');
      const held = rolesHeld(call, chosen);
      const [first = 'reader'] = held;
      if (chosen.profile.slots[first] === undefined) throw noKey(config, chosen.name, first);
      const broker = await openBrokerFor(
        { call, session, chosen },
        { roles: held, program: 'castkeys broker', ...(port === undefined ? {} : { port }) },
      );
      try {
        const handing = {
          to: 'broker',
          profile: chosen.name,
          role: first,
          credentialIds: new Set(held.flatMap(role => chosen.profile.slots[role] ?? [])),
          program: 'castkeys broker',
          withWebhookSecret: false,
        } as const;
        return await handOver(session.install, handing, () => {
          announce(call, chosen, broker, held);
          return untilOver(call.signal, broker, idle);
        });
      } finally {
        await broker.close();
        call.streams.stderr.write(brokerSummary(broker.summary()));
      }
    }),
};

/** The role that was asked for, else those whose keys there are. */
function rolesHeld(call: Call, { profile }: ChosenProfile): readonly Role[] {
  if (call.flags.text('role') !== undefined) return [roleOf(call)];
  return roles.filter(role => profile.slots[role] !== undefined);
}

function announce(call: Call, chosen: ChosenProfile, broker: Broker, held: readonly Role[]): void {
  const { stdout, stderr } = call.streams;
  const tokens = Object.fromEntries(held.map(role => [role, broker.tokenFor(role)?.reveal() ?? '']));
  if (call.flags.has('json')) {
    const { organization } = chosen.profile;
    const document = {
      url: broker.url,
      profile: chosen.name,
      ...(organization ? { organizationId: organization.id } : {}),
      tokens,
      pid: process.pid,
    };
    stdout.write(`${JSON.stringify(document)}\n`);
  } else {
    const { reader, writer } = tokens;
    const both = reader && writer ? { reader, writer } : undefined;
    const variables = profileVariables({ address: broker.url, key: reader ?? writer ?? '', both }, chosen);
    const lines = Object.entries({ ...variables, CASTKEYS_BROKER: broker.url });
    stdout.write(lines.map(([name, value]) => `${name}=${value}\n`).join(''));
  }
  if (stderr.isTTY) {
    stderr.write(
      `Serving the ${held.join(' and ')} of ${chosen.name}. Ctrl+C ends the broker, and what it gave out.\n`,
    );
  }
}

/** How often it is looked whether anybody still uses it, in ms. */
const lookEvery = 250;

async function untilOver(
  signal: AbortSignal,
  broker: Broker,
  idleMs = Number.POSITIVE_INFINITY,
): Promise<number> {
  while (!signal.aborted) {
    if (performance.now() - broker.lastUsed() >= idleMs) return exitCode.done;
    await delay(lookEvery, undefined, { signal }).catch(() => {});
  }
  return exitCodeOfEnd(signal);
}

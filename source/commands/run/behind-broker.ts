import { CastkeysError } from '../../errors.ts';
import type { Secret } from '../../keychain/secret.ts';
import { type Role, roles } from '../../profiles/profiles.ts';
import { openBrokerFor } from '../broker-for.ts';
import { brokerSummary } from '../broker-words.ts';
import { childEnvironment, noKey } from './child-environment.ts';
import { handOver } from './hand-over.ts';
import { runChild } from './run-child.ts';
import type { RunWanted } from './with-key.ts';

/** Runs a command that has a token of this run instead of the key, good only at the broker. Resolves with its exit code. */
export async function runBehindBroker(wanted: RunWanted): Promise<number> {
  const { call, session, config, chosen, command, role, wantsBoth } = wanted;
  if (chosen.profile.slots[role] === undefined) throw noKey(config, chosen.name, role);
  const withBoth = wantsBoth(config);
  const broker = await openBrokerFor(wanted, { roles: withBoth ? roles : [role], program: command.program });
  try {
    const keychain = await session.install.keychain();
    const tokenFor = (profile: string, of: Role) => {
      const token = profile === chosen.name ? broker.tokenFor(of) : undefined;
      if (token) return token;
      throw notHeld(profile, of);
    };
    const given: Secret[] = [];
    const env = await childEnvironment({
      call,
      config,
      chosen,
      keychain,
      role,
      withBoth,
      onSecret: secret => given.push(secret),
      broker: { url: broker.url, tokenFor },
    });
    await keychain.close();
    const ids = (withBoth ? roles : [role]).flatMap(of => chosen.profile.slots[of] ?? []);
    const handing = {
      to: 'broker',
      profile: chosen.name,
      role,
      credentialIds: new Set(ids),
      program: command.program,
      withWebhookSecret: call.flags.has('webhook'),
    } as const;
    const exitCode = await handOver(session.install, handing, () =>
      runChild({ ...command, env, ...(call.flags.has('mask') ? { masked: given } : {}) }),
    );
    call.streams.stderr.write(brokerSummary(broker.summary()));
    return exitCode;
  } finally {
    await broker.close();
  }
}

function notHeld(profile: string, role: Role): CastkeysError {
  return new CastkeysError(
    'usage',
    `castkeys://${profile}/${role} names a key that this run's broker does not hold, and with --broker no key itself is handed out. Nothing was run.`,
    'take the reference out of the file, or run without --broker',
  );
}

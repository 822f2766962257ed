import type { Broker, BrokerOptions, Rules } from '../broker/broker.ts';
import { readSecret } from '../install/install.ts';
import { type ChosenProfile, policyInForce, type Role } from '../profiles/profiles.ts';
import { openRecord } from './broker-record.ts';
import type { Call } from './command.ts';
import type { Session } from './session.ts';

export interface BrokerWanted {
  readonly call: Call;
  readonly session: Session;
  readonly chosen: ChosenProfile;
}

/** How long a policy that was read is good for, in ms. */
const policyLasts = 500;

/**
 * Opens a broker for a profile, under the policy that is in force where the call was made. It follows both: a rotation of
 * the keys, and an edit of the policy.
 */
export async function openBrokerFor(
  { call, session, chosen }: BrokerWanted,
  options: Pick<BrokerOptions, 'roles' | 'port' | 'program'>,
): Promise<Broker> {
  // Loaded here: a run without a broker has to start quickly.
  const { openBroker } = await import('../broker/broker.ts');
  const { install } = session;
  const { name, profile } = chosen;
  await session.reach(profile);
  const { passedOver } = policyInForce(call, chosen);
  if (passedOver !== undefined) call.streams.stderr.write(`castkeys: ${passedOver}\n`);
  const record = openRecord(session, { profile: name, program: options.program });
  const broker = await openBroker({
    ...options,
    onRefused: record.refused,
    home: call.home,
    clock: call.clock,
    config: install.config,
    read: async id => {
      const keychain = await install.keychain();
      try {
        return await readSecret(keychain, id);
      } finally {
        // The process that reads the keychain is started anew for the next key.
        await keychain.close();
      }
    },
    profileName: name,
    origin: profile.origin,
    authorization: profile.authorization,
    rules: remembered(policyLasts, () => rulesNow({ call, session, chosen })),
    upstream: { env: call.env },
    onTrouble: sayOnce(call),
    onUnregistered: reason =>
      call.streams.stderr.write(
        `castkeys: the broker is in no register, so a rotation will not wait for it: ${reason}\n`,
      ),
  });
  return {
    ...broker,
    close: async () => {
      await broker.close();
      await record.ended(broker.summary());
    },
  };
}

function rulesNow({ call, session, chosen: { name, profile } }: BrokerWanted): Rules {
  const now = session.install.config()?.profiles[name] ?? profile;
  const { policy } = policyInForce(call, { name, profile: now });
  return { profileName: name, policy, organizationId: now.organization?.id };
}

/** What `look` finds, looked for again when that is older than `ms`; where that fails, what was known before. */
function remembered<T>(ms: number, look: () => T): () => T {
  let known = look();
  let at = performance.now();
  return () => {
    if (performance.now() - at < ms) return known;
    at = performance.now();
    try {
      known = look();
    } catch {
      // Settings that somebody is in the middle of mending: every other command says so.
    }
    return known;
  };
}

/** Says what keeps a broker from taking up a key, not every time it tries. */
function sayOnce({ streams }: Call): (role: Role, thrown: unknown) => void {
  let said = '';
  return (role, thrown) => {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    if (why === said) return;
    said = why;
    streams.stderr.write(
      `castkeys: the new ${role} key could not be taken up, and the one before is used on: ${why}\n`,
    );
  };
}

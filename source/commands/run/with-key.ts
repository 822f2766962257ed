import type { Secret } from '../../keychain/secret.ts';
import type { ChosenProfile, Config, Role } from '../../profiles/profiles.ts';
import type { Call } from '../command.ts';
import type { Session } from '../session.ts';
import { childEnvironment } from './child-environment.ts';
import { handOver } from './hand-over.ts';
import { HeldKeys } from './held-keys.ts';
import { type ChildToRun, runChild } from './run-child.ts';

/** A command that is to be run for a profile. */
export interface RunWanted {
  readonly call: Call;
  readonly session: Session;
  readonly config: Config;
  readonly chosen: ChosenProfile;
  readonly command: Pick<ChildToRun, 'program' | 'args'>;
  readonly role: Role;
  /** Whether the command gets both keys, each under its own name too. */
  readonly wantsBoth: (config: Config) => boolean;
}

/** Runs a command with the key in its environment. Resolves with its exit code. */
export async function runWithKey({
  call,
  session,
  chosen,
  command,
  role,
  wantsBoth,
}: RunWanted): Promise<number> {
  const keychain = await session.install.keychain();
  const held = new HeldKeys(call, command.program);
  const given: Secret[] = [];
  try {
    const env = await held.whileCurrent(session.install.config, (now, onKey) =>
      childEnvironment({
        call,
        config: now,
        chosen: { ...chosen, profile: now.profiles[chosen.name] ?? chosen.profile },
        keychain,
        role,
        withBoth: wantsBoth(now),
        onKey,
        onSecret: secret => given.push(secret),
      }),
    );
    await session.reach(chosen.profile);
    const handing = {
      to: 'run',
      profile: chosen.name,
      role,
      credentialIds: held.ids,
      program: command.program,
      withWebhookSecret: call.flags.has('webhook'),
    } as const;
    return await handOver(session.install, handing, () =>
      runChild({
        ...command,
        env,
        onStart: pid => held.by(pid),
        ...(call.flags.has('mask') ? { masked: given } : {}),
      }),
    );
  } finally {
    held.end();
  }
}

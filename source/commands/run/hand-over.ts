import { credentialResource, enter, keyResource } from '../../audit/audit.ts';
import type { Install } from '../../install/install.ts';

export interface Handing {
  /** `broker`: the broker has the keys, and the command has a token of this run. */
  readonly to: 'run' | 'broker';
  readonly profile: string;
  readonly role: string;
  /** The local ids of all the keys that the command gets. */
  readonly credentialIds: ReadonlySet<string>;
  readonly program: string;
  readonly withWebhookSecret: boolean;
}

/**
 * Runs a command that gets keys. What a process has seen it can't be made to forget, so that is in the audit log before
 * the command starts, and how it ended after. On a full disk it runs all the same, and says that it isn't in the log:
 * a deployment that stops for want of a line would be the greater harm.
 */
export async function handOver(
  install: Install,
  { to, profile, role, credentialIds, program, withWebhookSecret }: Handing,
  run: () => Promise<number>,
): Promise<number> {
  const config = install.config();
  const about = {
    action: 'key.handed',
    resource: keyResource(profile, role),
    metadata: {
      to,
      program,
      keys: [...credentialIds].map(id => ({ credential: id, place: credentialResource(config, id) })),
      ...(withWebhookSecret ? { webhookSecret: true } : {}),
    },
  } as const;
  const intent = await enter(install, { ...about, result: 'pending' }).catch(warnOf);
  const code = await run();
  const ended = { ...about, metadata: { ...about.metadata, intent: intent?.seq ?? null, exitCode: code } };
  // The command is over, and its code is what the caller waits for: an entry that can't be made any more changes nothing.
  await enter(install, { ...ended, result: code === notStarted ? 'failure' : 'success' }).catch(() => {});
  return code;
}

function warnOf(thrown: unknown): undefined {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  process.stderr.write(`castkeys: this run is not in the audit log: ${reason}\n`);
  return undefined;
}

/** What a shell says of a command that isn't there. */
const notStarted = 127;

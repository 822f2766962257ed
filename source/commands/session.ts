import { isatty } from 'node:tty';
import { CastkeysError } from '../errors.ts';
import type { Practice } from '../flows/onboard/onboard.ts';
import { type Install, type InstallOptions, openInstall, Passphrase } from '../install/install.ts';
import type { PracticeAtHome } from '../practice/practice.ts';
import type { Environment, Profile } from '../profiles/profiles.ts';
import type { Call } from './command.ts';

/** What most verbs need: the install, and the practice server where a profile practises. Closed when the verb is done. */
export interface Session {
  readonly install: Install;
  /** Makes sure that whatever the profile's API is can be reached: starts the practice server if it is that. */
  readonly reach: (profile: Profile) => Promise<void>;
  /** The practice organization of this install, with its server running. */
  readonly practice: () => Promise<PracticeAtHome>;
  /** The same as the onboarding sees it, with a key for this environment. */
  readonly practise: (environment: Environment) => Promise<Practice>;
}

/** Whether a person sits at the terminal and may be asked. */
export function isAttended({ flags }: Call): boolean {
  return isatty(0) && isatty(2) && !flags.has('json') && flags.text('answers') === undefined;
}

/**
 * Runs a verb's work with a session, and closes what it opened; one that a host lends stays open. `openKeychain` takes
 * the place of the real keychain.
 */
export async function withSession<T>(
  call: Call,
  work: (session: Session) => Promise<T>,
  openKeychain?: InstallOptions['openKeychain'],
): Promise<T> {
  if (call.host) return work(call.host.session);
  const attended = isAttended(call);
  const install = openInstall({
    home: call.home,
    env: call.env,
    clock: call.clock,
    signal: call.signal,
    isAttended: attended,
    passphrase: new Passphrase(call.env, attended ? () => promptForPassphrase(call) : undefined),
    ...(call.keychainChild ? { child: call.keychainChild } : {}),
    ...(openKeychain ? { openKeychain } : {}),
  });
  let practice: Promise<PracticeAtHome> | undefined;
  const openPractice = async () => {
    const { practiceAtHome } = await import('../practice/practice.ts');
    practice ??= practiceAtHome(call.home);
    return practice;
  };
  try {
    return await work({
      install,
      reach: async ({ region, origin }) => {
        if (region !== 'practice') return;
        const { url } = await openPractice();
        if (url !== origin) throw movedPractice(origin, url);
      },
      practice: openPractice,
      practise: async environment => practiceFor(await openPractice(), environment),
    });
  } finally {
    await install.close();
    await (await practice?.catch(() => undefined))?.close();
  }
}

async function promptForPassphrase({ streams, signal }: Call) {
  const { askPassphrase } = await import('../frontends/linear/ask-passphrase.ts');
  return askPassphrase({ stdin: streams.stdin, stderr: streams.stderr, signal });
}

/** A key of its own for each environment, as it should be. */
const practiceKeys = {
  development: 'viewer',
  staging: 'member',
  production: 'readonly',
  other: 'personal',
} as const;

function practiceFor({ url, organization, keys }: PracticeAtHome, environment: Environment): Practice {
  return { origin: url, organization, key: keys[practiceKeys[environment]], adminKey: keys.admin };
}

function movedPractice(origin: string, url: string): CastkeysError {
  return new CastkeysError(
    'origin-mismatch',
    `This profile practises at ${origin}, but the practice server is at ${url} now. The key was not sent there.`,
    'end what listens on the old port, or set the profile up again: castkeys setup',
  );
}

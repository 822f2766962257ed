import type { ChosenProfile, Config } from '../profiles/profiles.ts';
import { measurableFromVariables } from '../variables/variables.ts';
import type { Call } from './command.ts';
import type { Session } from './session.ts';

export interface MadeOfVariables {
  /** As the other one, with the settings and the keys that variables make. */
  readonly session: Session;
  readonly config: Config;
  readonly chosen: readonly ChosenProfile[];
}

/** What can be measured where castkeys knows no profile and variables hold keys, as in CI; undefined elsewhere. */
export async function sessionFromVariables(
  call: Call,
  session: Session,
): Promise<MadeOfVariables | undefined> {
  const { install } = session;
  const made = await measurableFromVariables({
    ...call,
    config: install.config(),
    name: call.flags.text('profile'),
  });
  if (!made) return undefined;
  const { config, chosen, keychain } = made;
  return {
    session: { ...session, install: { ...install, config: () => config, keychain: async () => keychain } },
    config,
    chosen: [chosen],
  };
}

import { findHome, type Home } from '../home/home.ts';
import { type Install, openInstall, Passphrase } from '../install/install.ts';

/** Where castkeys looks. Whatever is left out is as it is for the command line. */
export interface Where {
  /** Default: `CASTKEYS_HOME`, else the platform's own. */
  readonly home?: Home;
  /** Where a `.castkeys.json` is looked for. Default: the working directory. */
  readonly cwd?: string;
  /** Default: `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
}

/** {@link Where} with everything filled in, and the install that is there. */
export interface Here {
  readonly home: Home;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: () => Date;
  readonly install: Install;
}

/** Opens what is there. Nobody is asked for anything: a locked keychain is an error. */
export function whereOf({ env = process.env, home = findHome(env), cwd = process.cwd() }: Where): Here {
  const clock = () => new Date();
  const install = openInstall({ home, env, clock, passphrase: new Passphrase(env), isAttended: false });
  return { home, cwd, env, clock, install };
}

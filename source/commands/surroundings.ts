import { homedir } from 'node:os';
import type { Surroundings } from '../plaintext/plaintext.ts';
import type { Call } from './command.ts';

/** Where keys may lie in plaintext, as seen from a call. */
export const surroundingsOf = ({ cwd, env }: Call): Surroundings => ({
  cwd,
  env,
  userHome: env['HOME'] || homedir(),
});

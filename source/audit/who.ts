import { hostname, userInfo } from 'node:os';

/** Who acts, as the operating system knows it: `user@host`. Cast AI's own identities go into metadata. */
export function whoActs(): string {
  return `${userName()}@${hostname()}`;
}

/** A user without a name is normal in a container. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}

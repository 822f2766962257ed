import { dirname } from 'node:path';
import { CastkeysError } from '../errors.ts';
import type { Home } from '../home/home.ts';
import type { ChosenProfile } from './choose-profile.ts';
import { findPin, isAgreedTo, type Pin } from './pin.ts';
import { overridden, type Policy } from './policy.ts';

/** The policy that counts for a profile in a directory. */
export interface PolicyInForce {
  readonly policy: Policy;
  /** Why what a `.castkeys.json` says of it does not count, and what to do, in words. */
  readonly passedOver?: string;
}

/**
 * The profile's own policy, with what the nearest `.castkeys.json` says put over it, once a person of this install agreed
 * to exactly that file: it comes with a clone, and could silence a check. Only a file that pins this profile, or
 * none, speaks of it. Never throws: a file that can't be read is passed over, and said to be.
 */
export function policyInForce(
  where: { readonly home: Home; readonly cwd: string },
  { name, profile }: Pick<ChosenProfile, 'name' | 'profile'>,
): PolicyInForce {
  const own = { policy: profile.policy };
  const pin = pinAt(where.cwd);
  if (pin instanceof CastkeysError) return { ...own, passedOver: `${pin.message} ${pin.next}` };
  if (!pin?.policy || (pin.profile ?? name) !== name) return own;
  if (isAgreedTo(where.home, pin)) return { policy: overridden(profile.policy, pin.policy) };
  return {
    ...own,
    passedOver: `${pin.path} asks for another policy, and nobody here agreed to it; the profile's own counts. Look at the file; then, in ${dirname(pin.path)}: castkeys use ${name} --here`,
  };
}

function pinAt(directory: string): Pin | CastkeysError | undefined {
  try {
    return findPin(directory);
  } catch (thrown) {
    if (thrown instanceof CastkeysError) return thrown;
    throw thrown;
  }
}

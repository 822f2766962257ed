import { dirname } from 'node:path';
import type { Home } from '../home/home.ts';
import { findPin, isAgreedTo } from '../profiles/profiles.ts';

export interface IgnoredKeys {
  /** What names them. */
  readonly keys: ReadonlySet<string>;
  /** Why what a file says is not heard, and what to do, in words. */
  readonly passedOver?: string;
}

/** The keys that the `.castkeys.json` of a directory silences, once somebody of this install agreed to it. */
export function ignoredKeys(home: Home, directory: string): IgnoredKeys {
  const pin = findPin(directory);
  const ignore = pin?.ignore ?? [];
  if (!pin || ignore.length === 0) return { keys: new Set() };
  if (isAgreedTo(home, pin)) return { keys: new Set(ignore.map(({ key }) => key)) };
  return {
    keys: new Set(),
    passedOver: `${pin.path} wants keys left out, and nobody here agreed to it: they are shown. Look at the file; then, in ${dirname(pin.path)}: castkeys use NAME --here`,
  };
}

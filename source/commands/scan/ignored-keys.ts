import { dirname, resolve } from 'node:path';
import { CastkeysError } from '../../errors.ts';
import { findPin, ignoreKey, isAgreedTo } from '../../profiles/profiles.ts';
import type { Call } from '../command.ts';

/** The keys that the file of a directory silences, once somebody here agreed to it; and why it is not heard where nobody did. */
export function ignoredKeys(
  { home, cwd }: Call,
  path: string,
): { readonly keys: ReadonlySet<string>; readonly passedOver?: string } {
  const pin = findPin(resolve(cwd, path));
  const ignore = pin?.ignore ?? [];
  if (!pin || ignore.length === 0) return { keys: new Set() };
  if (isAgreedTo(home, pin)) return { keys: new Set(ignore.map(({ key }) => key)) };
  return {
    keys: new Set(),
    passedOver: `${pin.path} wants keys left out, and nobody here agreed to it: they are shown. Look at the file; then, in ${dirname(pin.path)}: castkeys use NAME --here`,
  };
}

const shape = /^[\w-]{22}$/;

/** Puts a key on the ignore list of this directory, with the reason and today's date. */
export async function ignore(call: Call, key: string): Promise<undefined> {
  const reason = call.flags.text('reason')?.trim() ?? '';
  if (!shape.test(key) || reason === '') {
    throw new CastkeysError(
      'usage',
      shape.test(key)
        ? 'A key is ignored for a reason, and there is none. Nothing was changed.'
        : 'That does not name a key: each finding says how its key is called here. Nothing was changed.',
      "castkeys scan --ignore KEY --reason 'an example in the docs'",
    );
  }
  const since = call.clock().toISOString();
  const { path, counts } = await ignoreKey(call.home, call.cwd, { key, reason, since });
  call.streams.stdout.write(
    call.flags.has('json')
      ? `${JSON.stringify({ ignored: { key, reason, since }, path, counts })}\n`
      : `${path} leaves that key out${counts ? '' : ' once you agree to what else it says: castkeys use NAME --here'}. It can be committed: it holds no secret.\n`,
  );
  return undefined;
}

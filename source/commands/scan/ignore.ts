import { CastkeysError } from '../../errors.ts';
import { ignoreKey } from '../../profiles/profiles.ts';
import type { Call } from '../command.ts';

const shape = /^[0-9a-f]{24}$/;

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

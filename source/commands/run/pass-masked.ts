import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Secret } from '../../keychain/secret.ts';
import { maskerOf } from '../../masking/masking.ts';

/**
 * Passes on what a command writes, with secrets hidden, as it comes. Where nobody reads any more, the command is told as it
 * would be without castkeys in between: its next write fails. Resolves at the end of what it wrote.
 */
export async function passMasked(
  from: Readable | null,
  to: Writable,
  secrets: readonly Secret[],
): Promise<void> {
  if (!from) return;
  const masker = maskerOf({ secrets, forms: 'encoded' });
  to.on('error', () => from.destroy());
  const write = async (bytes: Buffer) => {
    if (bytes.length === 0 || to.write(bytes)) return;
    await Promise.race([once(to, 'drain'), once(to, 'close')]).catch(() => {});
  };
  try {
    for await (const chunk of from) await write(masker.push(chunk));
    await write(masker.end());
  } catch {
    // Nobody reads any more.
  }
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Keychain } from '../keychain/keychain.ts';
import { findSealing } from './anchor.ts';

/** The MAC of a text under this install's key, in hex; of no entry, whatever the text. Undefined without a key. */
export async function sealText(keychain: Keychain, text: string): Promise<string | undefined> {
  const sealing = await findSealing(keychain);
  return (
    sealing && createHmac('sha256', sealing.macKey).update('castkeys report\n').update(text).digest('hex')
  );
}

/** Whether this install made that MAC of that text. */
export async function isSealOf(keychain: Keychain, text: string, mac: string): Promise<boolean> {
  const own = await sealText(keychain, text);
  return (
    own !== undefined && own.length === mac.length && timingSafeEqual(Buffer.from(own), Buffer.from(mac))
  );
}

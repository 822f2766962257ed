import { createHmac } from 'node:crypto';
import { keyShaped } from './keys.ts';

/** The practice keys a newcomer is handed, by the name they are handed out under. */
export const seededNames = [
  'admin',
  'viewer',
  'member',
  'personal',
  'readonly',
  'stranger',
  'elsewhere',
] as const;

export type SeededName = (typeof seededNames)[number];

/** One thing for each of the seeded names. */
export function bySeededName<T>(pick: (name: SeededName) => T): Readonly<Record<SeededName, T>> {
  return {
    admin: pick('admin'),
    viewer: pick('viewer'),
    member: pick('member'),
    personal: pick('personal'),
    readonly: pick('readonly'),
    stranger: pick('stranger'),
    elsewhere: pick('elsewhere'),
  };
}

/** The value of a seeded key: always the same for the same seed. */
export function seededValue(seed: string, name: SeededName): string {
  return keyShaped(createHmac('sha512', seed).update(name).digest('hex'));
}

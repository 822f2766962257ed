import type { Config } from '../../profiles/profiles.ts';
import { roles } from '../../profiles/profiles.ts';
import type { Check } from '../check.ts';

export const distinctKeys: Check = {
  id: 'distinct-keys',
  title: 'No key is used twice',
  standsFor: 'different keys for development, staging and production',
  needs: [],
  async measure({ config, slots }) {
    if (slots.length === 0)
      return { state: 'unknown', evidence: 'no key is stored yet', fix: 'castkeys setup' };
    const places = placesByFingerprint(config);
    for (const { role, credential } of slots) {
      const [first, second] = places.get(credential.fingerprint) ?? [];
      if (first && second) {
        return {
          state: 'fail',
          evidence: `${first} and ${second} hold the same key`,
          fix: `castkeys keys add --role ${role} --replace`,
        };
      }
    }
    const count = [...places.values()].flat().length;
    return {
      state: 'pass',
      evidence: count === 1 ? 'this is the only key' : `${count} keys, all different by fingerprint`,
    };
  },
};

/** Where each key is used, over all profiles, compared by fingerprint: the values never meet. */
function placesByFingerprint(config: Config): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const [name, profile] of Object.entries(config.profiles)) {
    for (const role of roles) {
      const id = profile.slots[role];
      const fingerprint = id === undefined ? undefined : config.credentials[id]?.fingerprint;
      if (fingerprint) places.set(fingerprint, [...(places.get(fingerprint) ?? []), `${name} ${role}`]);
    }
  }
  return places;
}

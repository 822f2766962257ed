import { builtInRegions, originOf } from '../castai/castai.ts';
import type { Profile } from '../profiles/profiles.ts';
import type { Address } from './examination.ts';

/**
 * The addresses that the profiles' keys are sent to, each once, and the one `CASTAI_API_URL` names; all
 * built-in regions where there is no profile yet.
 * @throws CastkeysError `usage` for a `CASTAI_API_URL` that a key must not be sent to.
 */
export function addressesOf(
  profiles: Readonly<Record<string, Profile>>,
  override: string | undefined,
): readonly Address[] {
  const addresses = new Map<string, Address>();
  for (const [name, { origin, region }] of Object.entries(profiles)) {
    const known = addresses.get(origin);
    addresses.set(origin, {
      name: nameOf(origin),
      origin,
      profiles: [...(known?.profiles ?? []), name],
      practice: region === 'practice',
    });
  }
  if (override) {
    const origin = originOf(override);
    const known = addresses.get(origin) ?? { name: nameOf(origin), origin, profiles: [], practice: false };
    addresses.set(origin, { ...known, profiles: [...known.profiles, 'CASTAI_API_URL'] });
  }
  if (addresses.size > 0) return [...addresses.values()];
  return builtInRegions.map(({ id, origin }) => ({ name: id, origin, profiles: [], practice: false }));
}

function nameOf(origin: string): string {
  return builtInRegions.find(region => region.origin === origin)?.id ?? new URL(origin).host;
}

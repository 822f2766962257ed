import type { Secret } from '../keychain/secret.ts';
import type { Config, Profile } from '../profiles/profiles.ts';
import type { Finding } from './finding.ts';

export interface LiveRequest {
  readonly config: Config | undefined;
  readonly findings: readonly Finding[];
  /** The keys, by what names them in the ignore list. */
  readonly values: ReadonlyMap<string, Secret>;
  /** Makes sure that an address can be reached: starts the practice server if it is that. */
  readonly reach: (profile: Profile) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Asks Cast AI whether each key that was found still works. One of ours is only ever sent to the address it was verified at;
 * one that nobody knows to those of the profiles, or to Cast AI's own where there is none.
 */
export async function tryKeys(request: LiveRequest): Promise<readonly Finding[]> {
  const { findings, values } = request;
  const live = new Map<string, NonNullable<Finding['live']>>();
  for (const finding of findings) {
    const secret = values.get(finding.content);
    if (!secret || live.has(finding.content) || request.signal.aborted) continue;
    live.set(finding.content, await tryKey(secret, finding, request));
  }
  return findings.map(finding => ({ ...finding, live: live.get(finding.content) ?? 'unknown' }));
}

async function tryKey(
  secret: Secret,
  finding: Finding,
  request: LiveRequest,
): Promise<NonNullable<Finding['live']>> {
  const { castaiClient, verifyKey } = await import('../castai/castai.ts');
  const { places, areAll } = await placesFor(finding, request);
  const outcomes = new Set<string>();
  for (const { origin, authorization, profile } of places) {
    try {
      if (profile) await request.reach(profile);
      const client = castaiClient({ origin, secret, authorization, signal: request.signal });
      const { outcome } = await verifyKey(client, { identify: false });
      if (outcome === 'valid') return 'works';
      outcomes.add(outcome);
    } catch {
      outcomes.add('unknown');
    }
  }
  return areAll && !outcomes.has('unknown') ? 'dead' : 'unknown';
}

interface Place {
  readonly origin: string;
  readonly authorization: Profile['authorization'];
  readonly profile?: Profile;
}

/** Where a key may be sent to. `areAll`: it works nowhere else, so that being refused at all of them means that it is dead. */
async function placesFor(
  { credential }: Finding,
  { config }: LiveRequest,
): Promise<{ readonly places: readonly Place[]; readonly areAll: boolean }> {
  const profiles = Object.values(config?.profiles ?? {});
  const at = (origin: string): Place => {
    const profile = profiles.find(one => one.origin === origin);
    return profile
      ? { origin, authorization: profile.authorization, profile }
      : { origin, authorization: 'x-api-key' };
  };
  if (credential !== undefined) {
    const bound = config?.credentials[credential]?.origin ?? config?.retired?.[credential]?.origin;
    return bound === undefined ? { places: [], areAll: false } : { places: [at(bound)], areAll: true };
  }
  const { builtInRegions } = await import('../castai/castai.ts');
  const castai = builtInRegions.map(({ origin }) => origin);
  const origins = [...new Set(profiles.map(({ origin }) => origin))];
  // Whoever only practises, or has an address of their own, sends nothing anywhere else.
  if (origins.length > 0 && !origins.some(origin => castai.includes(origin)))
    return { places: origins.map(at), areAll: false };
  return { places: [...new Set([...origins, ...castai])].map(at), areAll: true };
}

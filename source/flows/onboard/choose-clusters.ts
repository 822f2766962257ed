import type { CastaiClient } from '../../castai/castai.ts';
import { ask, askedOf, type Flow, multiselect, step } from '../../flow/flow.ts';
import type { Install } from '../../install/install.ts';
import type { Profile } from '../../profiles/profiles.ts';
import { change } from './put-in-place.ts';

export interface ClustersWanted {
  readonly install: Install;
  readonly name: string;
  readonly profile: Profile;
  /** Whoever can list them. */
  readonly client: () => CastaiClient;
  /** How many have to be chosen. */
  readonly atLeast: number;
}

/** Names the clusters that a writer may write to, where the policy limits it and names none yet. Comes to the profile as it is then. */
export function* chooseClusters({ install, name, profile, client, atLeast }: ClustersWanted): Flow<Profile> {
  const { scopes, clusters } = profile.policy;
  if (!scopes.includes('write:limited') || clusters.length > 0) return profile;
  const seen = yield* step({
    id: 'clusters.look',
    title: 'Look which clusters there are',
    readOnly: true,
    isQuiet: true,
    run: () =>
      client()
        .clusters()
        .catch(() => []),
  });
  if (seen.length === 0) return profile;
  const chosen = yield* ask(
    askedOf(
      name,
      multiselect({
        id: 'clusters',
        message: `Which clusters may the writer of ${name} write to?`,
        help: 'The policy names them, and the checklist holds the key to it.',
        choices: seen.map(({ id, name: title }) => ({ value: id, title: title || id, hint: id })),
        fallback: [],
        atLeast,
      }),
    ),
  );
  if (chosen.length === 0) return profile;
  const { after } = yield* step(
    change(install, name, { id: 'policy.clusters', title: 'Name the clusters in the policy' }, now => ({
      ...now,
      policy: { ...now.policy, clusters: [...chosen] },
    })),
  );
  return after;
}

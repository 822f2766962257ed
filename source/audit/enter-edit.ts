import { isDeepStrictEqual } from 'node:util';
import type { Install } from '../install/install.ts';
import type { Profile } from '../profiles/profiles.ts';
import { enter } from './enter.ts';
import type { Metadata } from './entry.ts';
import { aboutProfile, profileResource } from './resource.ts';

/** Enters what an edit changed of a profile: its policy is an entry of its own. Nothing, where nothing changed. */
export async function enterEdit(
  install: Install,
  name: string,
  before: Profile | undefined,
  after: Profile,
): Promise<void> {
  const { policy: _, ...place } = aboutProfile(after);
  const { policy: __, ...placeBefore } = before ? aboutProfile(before) : {};
  const resource = profileResource(name);
  const policy = (profile: Profile): Metadata => JSON.parse(JSON.stringify(profile.policy));
  await Promise.all([
    ...(isDeepStrictEqual(place, placeBefore)
      ? []
      : [enter(install, { action: 'profile.changed', resource, metadata: place })]),
    ...(isDeepStrictEqual(before?.policy, after.policy)
      ? []
      : [
          enter(install, {
            action: 'policy.changed',
            resource,
            metadata: { from: before ? policy(before) : null, to: policy(after) },
          }),
        ]),
  ]);
}

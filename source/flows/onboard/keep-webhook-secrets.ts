import { ask, askedOf, confirm, type Flow, step } from '../../flow/flow.ts';
import type { PlaintextKey } from '../../plaintext/plaintext.ts';
import {
  type KeptSecret,
  keepWebhookSecret,
  readWebhookSecret,
  unkeepWebhookSecret,
} from '../../webhooks/webhooks.ts';
import { placeWords } from '../place-words.ts';
import type { Place } from './describe-profiles.ts';
import type { World } from './world.ts';

/** Offers to keep webhook secrets that lie about, as the profiles' they are named for; without a name, the first one's. */
export function* keepWebhookSecrets(
  world: World,
  places: readonly Place[],
  plaintext: readonly PlaintextKey[],
): Flow<void> {
  const taken = new Set<string>();
  for (const key of plaintext.filter(({ kind }) => kind === 'webhook-secret')) {
    const place = places.find(
      ({ name, profile }) =>
        !taken.has(name) &&
        profile.webhook?.current === undefined &&
        (key.environment ?? profile.environment) === profile.environment,
    );
    const read = readWebhookSecret(key.secret.reveal());
    if (!place || 'problem' in read) continue;
    taken.add(place.name);
    const isWanted = yield* ask(
      askedOf(
        place.name,
        confirm({
          id: 'webhook.import',
          message: `Keep ${placeWords(key, world.surroundings)} as the webhook secret of ${place.name}?`,
          help: 'castkeys run --webhook hands it to a command as CASTAI_SECRET.',
          fallback: true,
          unattended: false,
        }),
      ),
    );
    if (isWanted) yield* step(keep(world, place.name, read));
  }
}

const keep = ({ install }: World, profile: string, { secret }: Pick<PlaintextKey, 'secret'>) => ({
  id: 'webhook.keep',
  title: `Store the webhook secret of ${profile}, and read it back`,
  touches: ['webhook'],
  run: () => keepWebhookSecret(install, { profile, secret }),
  undo: (kept: KeptSecret) => unkeepWebhookSecret(install, profile, kept),
});

/** The webhook secret of a profile: made or brought along, kept in the keychain, sent by Cast AI, replaced without a gap. */
import { ask, badge, type Flow, keep, note, step } from '../../flow/flow.ts';
import type { Secret } from '../../keychain/secret.ts';
import {
  dropPreviousSecret,
  type KeptSecret,
  keepWebhookSecret,
  makeWebhookSecret,
  unkeepWebhookSecret,
  type WebhookSettings,
  weaknessOf,
  webhookOf,
} from '../../webhooks/webhooks.ts';
import { findConfiguration, setAtCastai } from './at-castai.ts';
import { secretQuestion, sourceQuestion, urlQuestion } from './questions.ts';
import type { WebhookWorld } from './world.ts';

export { webhookSecretQuestions } from './questions.ts';
export type { WebhookWorld } from './world.ts';

/** Comes to what is then known of the profile's webhooks. */
export function* webhookSecret(world: WebhookWorld): Flow<WebhookSettings | undefined> {
  const { profileName, profile } = world;
  yield* badge({
    profile: profileName,
    environment: profile.environment,
    region: profile.region,
    practice: profile.region === 'practice',
  });
  const before = yield* step(look(world));
  const isBetween = before?.previous !== undefined && before.previous.until === undefined;
  if (world.task === 'finish') yield* finish(world, before, isBetween);
  else if (before?.current === undefined || world.given || (world.task === 'rotate' && !isBetween)) {
    yield* keepOne(world, before);
  } else {
    yield* note(
      isBetween
        ? `${profileName} is between two webhook secrets; this goes on with that.`
        : `${profileName} has a webhook secret already; it stays.`,
    );
  }
  if (world.task !== 'finish' || isBetween) yield* send(world);
  return yield* step(look(world));
}

const look = ({ install, profileName }: WebhookWorld) => ({
  id: 'look',
  title: 'Look at what is there',
  readOnly: true,
  isQuiet: true,
  run: () => webhookOf(install.config(), profileName),
});

function* keepOne(world: WebhookWorld, before: WebhookSettings | undefined): Flow<void> {
  const secret = world.given ?? (yield* obtain(world));
  const weakness = weaknessOf(secret);
  if (weakness) {
    yield* note(
      `This secret can be guessed: ${weakness}. castkeys webhook secret --rotate makes a good one.`,
      'warning',
    );
  }
  yield* step(store(world, secret));
  if (before?.current === undefined || world.task !== 'rotate') return;
  // Receivers may be given it from now on, so it is not taken back without being asked.
  yield* keep();
  yield* note(
    `Both secrets count from now on. A castkeys webhook relay knows already; restart what castkeys run --webhook started, so that it takes both.`,
  );
}

function* obtain({ task }: WebhookWorld): Flow<Secret> {
  if (task === 'keep' && (yield* ask(sourceQuestion)) === 'paste') return yield* ask(secretQuestion);
  return yield* step({
    id: 'webhook.make',
    title: 'Make a secret',
    readOnly: true,
    isQuiet: true,
    run: makeWebhookSecret,
  });
}

const store = ({ install, profileName, task }: WebhookWorld, secret: Secret) => ({
  id: 'webhook.store',
  title: 'Store the webhook secret, and read it back',
  touches: ['webhook'],
  run: () => keepWebhookSecret(install, { profile: profileName, secret, replace: task === 'rotate' }),
  undo: (kept: KeptSecret) => unkeepWebhookSecret(install, profileName, kept),
  summary: () => `the webhook secret of ${profileName} is stored, read back, compared`,
});

function* send(world: WebhookWorld): Flow<void> {
  if (world.url === false) return;
  const known = yield* findConfiguration(world);
  const url = world.url ?? known?.callbackUrl ?? (yield* ask(urlQuestion));
  if (url === '') {
    yield* note(
      'Cast AI was left alone. castkeys webhook secret sets it there when there is an address to call.',
    );
    return;
  }
  yield* setAtCastai(world, known, url);
}

function* finish(
  { install, profileName }: WebhookWorld,
  before: WebhookSettings | undefined,
  isBetween: boolean,
): Flow<void> {
  if (!before?.previous) return yield* note('Nothing is unfinished: there is one webhook secret.', 'success');
  if (isBetween && before.configuration) return;
  yield* step({
    id: 'webhook.drop',
    title: 'Accept the old secret no more',
    touches: ['webhook'],
    run: () => dropPreviousSecret(install, profileName),
    summary: () => 'it left the keychain; restart what still has both',
  });
}

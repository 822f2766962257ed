import { enterAround } from '../../audit/audit.ts';
import type { WebhookConfiguration, WebhookWanted } from '../../castai/castai.ts';
import { CastkeysError } from '../../errors.ts';
import { ask, type Flow, keep, note, type StepContext, step } from '../../flow/flow.ts';
import {
  acceptPreviousUntil,
  changeWebhook,
  lostHeaders,
  readWebhookSecrets,
  restorePreviousSecret,
  tellsIdAndTime,
  wantedConfiguration,
  webhookClient,
  webhookOf,
  webhookResource,
} from '../../webhooks/webhooks.ts';
import { severitiesQuestion, templateQuestion, unreachedQuestion } from './questions.ts';
import type { WebhookWorld } from './world.ts';

/** Cast AI's configuration that this profile keeps; undefined where it keeps none, or it is gone. */
export function* findConfiguration(world: WebhookWorld): Flow<WebhookConfiguration | undefined> {
  const { install, profileName } = world;
  const id = webhookOf(install.config(), profileName)?.configuration?.id;
  if (id === undefined) return undefined;
  return yield* step({
    id: 'webhook.find',
    title: 'Look at the webhook at Cast AI',
    readOnly: true,
    run: async (context: StepContext) =>
      (await (await clientFor(world, context)).webhooks.list()).find(known => known.id === id),
    summary: (found: WebhookConfiguration | undefined) => found?.name ?? 'it is gone',
  });
}

/** Tries the secret on the endpoint, and only then has Cast AI send it. */
export function* setAtCastai(
  world: WebhookWorld,
  known: WebhookConfiguration | undefined,
  url: string,
): Flow<void> {
  const existing = known ?? (yield* step(sameAddress(world, url)));
  const isReadable = existing && tellsIdAndTime(existing.requestTemplate);
  const keepTemplate = existing !== undefined && (isReadable || !(yield* ask(templateQuestion)));
  const lost = existing ? lostHeaders(existing, headerOf(world)) : [];
  if (lost.length > 0) {
    yield* note(
      `Cast AI keeps the values of ${lost.join(', ')} to itself, and this replaces the whole: set them again in the console.`,
      'warning',
    );
  }
  const severities = existing ? [] : yield* ask(severitiesQuestion);
  const choice = { existing, url, keepTemplate, severities };
  const { previous, configuration } = webhookOf(world.install.config(), world.profileName) ?? {};
  const isRotation = previous !== undefined && configuration?.secretId === previous.id;
  for (;;) {
    try {
      yield* step(tryOut(world, choice));
      break;
    } catch (thrown) {
      if (!(thrown instanceof NotTaken)) throw thrown;
    }
    const next = yield* ask(unreachedQuestion(isRotation));
    if (next === 'anyway') break;
    if (next === 'later') {
      yield* keep();
      throw unfinished(world, isRotation);
    }
    if (next === 'back') return yield* step(takeBack(world));
  }
  yield* step(put(world, choice));
  yield* keep();
}

interface Choice {
  readonly existing: WebhookConfiguration | undefined;
  readonly url: string;
  readonly keepTemplate: boolean;
  readonly severities: readonly string[];
}

const sameAddress = (world: WebhookWorld, url: string) => ({
  id: 'webhook.find',
  title: 'Look for a webhook to this address at Cast AI',
  readOnly: true,
  run: async (context: StepContext) =>
    (await (await clientFor(world, context)).webhooks.list()).find(({ callbackUrl }) => callbackUrl === url),
  summary: (found: WebhookConfiguration | undefined) =>
    found ? `there is one, ${found.name}` : 'there is none yet',
});

const tryOut = (world: WebhookWorld, choice: Choice) => ({
  id: 'webhook.try',
  title: 'Have Cast AI call it with the secret, saving nothing',
  readOnly: true,
  run: async (context: StepContext) => {
    const client = await clientFor(world, context);
    const { status, error } = await client.webhooks.tryOut(await wantedFor(world, choice));
    if (status !== 'CanConnect')
      throw new NotTaken(`your endpoint did not take it: ${error ?? 'no reason was told'}`);
  },
  summary: () => 'your endpoint took it',
});

/** The endpoint's answer to the test call: nothing failed, and nothing may go on as if it had been taken. */
class NotTaken extends Error {}

const put = (world: WebhookWorld, choice: Choice) => {
  const { install, profileName, overlapMs } = world;
  const { existing, url } = choice;
  return {
    id: 'webhook.set',
    title: existing ? `Replace the webhook ${existing.name} at Cast AI` : 'Make the webhook at Cast AI',
    touches: ['webhook'],
    run: async (context: StepContext) => {
      const { webhooks } = await clientFor(world, context);
      const secretId = webhookOf(install.config(), profileName)?.current ?? '';
      const wanted = await wantedFor(world, choice);
      const { host } = new URL(url);
      const act = {
        action: 'webhook.configured',
        resource: webhookResource(profileName),
        metadata: { host, secretId, ...(existing ? { id: existing.id } : {}) },
      } as const;
      const { id, name } = await enterAround(
        install,
        act,
        () => (existing ? webhooks.replace(existing.id, wanted) : webhooks.create(wanted)),
        made => ({ id: existing?.id ?? made.id }),
      );
      await changeWebhook(install, profileName, settings => ({
        ...settings,
        configuration: { id: existing?.id ?? id, name, host, secretId },
      }));
      await acceptPreviousUntil(install, profileName, new Date(install.clock().getTime() + overlapMs));
      return name;
    },
    summary: (name: string) => `${name} sends the secret in ${headerOf(world)}`,
  };
};

const takeBack = ({ install, profileName }: WebhookWorld) => ({
  id: 'webhook.back',
  title: 'Take the new secret back',
  touches: ['webhook'],
  run: () => restorePreviousSecret(install, profileName),
  summary: () => 'the old one is the only one again',
});

async function wantedFor(
  { install, profileName }: WebhookWorld,
  { existing, url, keepTemplate, severities }: Choice,
): Promise<WebhookWanted> {
  const config = install.config();
  const secrets = await readWebhookSecrets(await install.keychain(), config, profileName, install.clock());
  return wantedConfiguration({
    ...(existing ? { existing } : {}),
    name: `castkeys ${profileName}`,
    callbackUrl: url,
    header: webhookOf(config, profileName)?.header ?? '',
    secret: secrets.current,
    severities,
    keepTemplate,
  });
}

async function clientFor({ install, profileName, profile, reach }: WebhookWorld, { signal }: StepContext) {
  await reach();
  const keychain = await install.keychain();
  return webhookClient({ config: install.config(), keychain, profileName, profile, signal });
}

const headerOf = ({ install, profileName }: WebhookWorld): string =>
  webhookOf(install.config(), profileName)?.header ?? '';

function unfinished({ profileName }: WebhookWorld, isRotation: boolean): CastkeysError {
  return new CastkeysError(
    'webhook-unfinished',
    isRotation
      ? `${profileName} has two webhook secrets now, and Cast AI still sends the old one: your endpoint has to take both first. Nothing is lost.`
      : `The webhook secret of ${profileName} is kept, and Cast AI does not send it yet: your endpoint has to take it first. Nothing is lost.`,
    `give the receivers the secret (castkeys run --webhook, or castkeys webhook relay); then: castkeys webhook secret --profile ${profileName}`,
  );
}

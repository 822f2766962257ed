/** Everything about a profile's webhooks on one screen: how it stands, and what to do next. */
import { ask, badge, type Flow, keep, note, step } from '../../flow/flow.ts';
import {
  type ProbeScheme,
  readWebhookSecrets,
  signPayload,
  verifyWebhookSignature,
  webhookOf,
} from '../../webhooks/webhooks.ts';
import { probeQuestions, probeWebhook } from '../probe-webhook.ts';
import {
  type WebhookWorld,
  webhookSecret,
  webhookSecretQuestions,
} from '../webhook-secret/webhook-secret.ts';
import {
  payloadToSign,
  payloadToVerify,
  probeUrlQuestion,
  relayQuestion,
  schemeQuestion,
  signatureQuestion,
  type Task,
  taskQuestion,
} from './questions.ts';
import { standingOf } from './standing.ts';

export { standingOf } from './standing.ts';

export const webhooksQuestions = [
  'webhook.task',
  'probe.url',
  'probe.scheme',
  'sign.payload',
  'verify.payload',
  'verify.signature',
  'relay.to',
  ...webhookSecretQuestions,
  ...probeQuestions,
] as const;

export type WebhooksWorld = Omit<WebhookWorld, 'task' | 'given' | 'url'>;

/** What is done after the screen is closed: a relay goes on in the terminal itself. */
export type Afterwards = { readonly relayTo: string } | undefined;

export function* webhooks(world: WebhooksWorld): Flow<Afterwards> {
  const { profileName, profile } = world;
  yield* badge({
    profile: profileName,
    environment: profile.environment,
    region: profile.region,
    practice: profile.region === 'practice',
  });
  for (let round = 1; ; round += 1) {
    const settings = yield* step(look(world));
    for (const { tone, words } of standingOf(settings)) yield* note(words, tone);
    const task = yield* ask(taskQuestion(settings, round));
    if (task === 'done') return undefined;
    if (task === 'relay') return { relayTo: yield* ask(relayQuestion) };
    yield* carryOut(world, task);
    yield* keep();
  }
}

function* carryOut(world: WebhooksWorld, task: Exclude<Task, 'done' | 'relay'>): Flow<void> {
  switch (task) {
    case 'set':
      yield* webhookSecret({ ...world, task: 'keep' });
      return;
    case 'rotate':
    case 'finish':
      yield* webhookSecret({ ...world, task });
      return;
    case 'probe':
      return yield* probe(world);
    case 'sign':
      return yield* sign(world);
    case 'verify':
      return yield* verify(world);
  }
}

const look = ({ install, profileName }: WebhooksWorld) => ({
  id: 'look',
  title: 'Look at what is there',
  readOnly: true,
  isQuiet: true,
  run: () => webhookOf(install.config(), profileName),
});

const secretOf = async ({ install, profileName }: WebhooksWorld) =>
  (await readWebhookSecrets(await install.keychain(), install.config(), profileName, install.clock()))
    .current;

function* probe(world: WebhooksWorld): Flow<void> {
  const url = yield* ask(probeUrlQuestion);
  const kind = yield* ask(schemeQuestion);
  yield* probeWebhook({
    ...world,
    url: new URL(url),
    scheme: schemeOf(world, kind),
    secret: () => secretOf(world),
    timeoutMs: 10_000,
    hugeBytes: 10 * 1024 * 1024,
    isRemembered: true,
  });
}

function schemeOf({ install, profileName }: WebhooksWorld, kind: ProbeScheme['kind']): ProbeScheme {
  switch (kind) {
    case 'token':
      return { kind, header: webhookOf(install.config(), profileName)?.header ?? '' };
    case 'hmac':
      return { kind, header: 'X-Webhook-Signature', encoding: 'prefixed' };
    case 'standard':
      return { kind };
  }
}

function* sign(world: WebhooksWorld): Flow<void> {
  const payload = yield* ask(payloadToSign);
  const signature = yield* step({
    id: 'sign',
    title: 'Sign it',
    readOnly: true,
    run: async () => signPayload(payload, (await secretOf(world)).reveal()),
  });
  yield* note(signature, 'success');
}

function* verify(world: WebhooksWorld): Flow<void> {
  const payload = yield* ask(payloadToVerify);
  const signature = yield* ask(signatureQuestion);
  const isGenuine = yield* step({
    id: 'verify',
    title: 'Verify it',
    readOnly: true,
    run: async () => verifyWebhookSignature(payload, signature, (await secretOf(world)).reveal()),
  });
  if (isGenuine) yield* note('Genuine.', 'success');
  else yield* note('Not genuine: it is not our secret over this payload.', 'danger');
}

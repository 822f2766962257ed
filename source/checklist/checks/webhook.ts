import type { CastaiClient, WebhookConfiguration } from '../../castai/castai.ts';
import type { Secret } from '../../keychain/secret.ts';
import type { Check, Finding, Subject } from '../check.ts';
import { worstOf } from '../worst-of.ts';

type Settings = NonNullable<Subject['profile']['webhook']>;

/** Cast AI signs nothing (section 6.2 of the API facts): a webhook is as genuine as the secret in its header. */
export const webhook: Check = {
  id: 'webhook',
  title: 'Webhooks are authenticated',
  standsFor: 'webhook signatures are validated',
  needs: ['network', 'keychain'],
  async measure(subject) {
    const settings = subject.profile.webhook;
    const secret = await storedSecret(subject, settings);
    if ('state' in secret) return secret;
    if (!settings || secret.value === undefined) return withoutSecret(subject);
    return worstOf([
      await strength(subject, settings, secret.value),
      await atCastai(subject, settings, secret.value),
      probed(settings),
    ]);
  },
};

async function storedSecret(
  subject: Subject,
  settings: Settings | undefined,
): Promise<Finding | { readonly value: Secret | undefined }> {
  if (settings?.current === undefined) return { value: undefined };
  const keychain = await subject.keychain();
  const result = await keychain.read({ kind: 'webhook', id: settings.current });
  if (result.state === 'value') return { value: result.secret };
  if (result.state !== 'absent')
    return { state: 'unknown', evidence: result.reason, fix: result.fix ?? 'castkeys doctor' };
  return {
    state: 'fail',
    evidence: 'the webhook secret is gone from the keychain',
    fix: 'castkeys webhook secret --rotate',
  };
}

/** Webhooks that another profile looks after are not this one's. */
async function withoutSecret(subject: Subject): Promise<Finding> {
  const client = await clientOf(subject);
  if (!client)
    return { state: 'skip', evidence: 'no webhooks: no secret is kept, and no key to ask Cast AI with' };
  const elsewhere = Object.values(subject.config.profiles).map(
    ({ webhook: other }) => other?.configuration?.id,
  );
  const ours = (await client.webhooks.list()).filter(({ id }) => !elsewhere.includes(id));
  if (ours.length === 0)
    return { state: 'skip', evidence: 'Cast AI sends no webhooks for this organization' };
  const bare = ours.filter(({ authKeys }) =>
    Object.keys(authKeys).every(name => name.toLowerCase() === 'content-type'),
  );
  return {
    state: bare.length > 0 ? 'fail' : 'warn',
    evidence:
      bare.length > 0
        ? `${bare.length} of ${ours.length} webhooks have nothing to tell them from forged ones: ${namesOf(bare)}`
        : `${namesOf(ours)} has headers of its own, which castkeys does not know`,
    fix: 'castkeys webhook secret',
  };
}

async function strength(
  { config, profileName }: Subject,
  settings: Settings,
  secret: Secret,
): Promise<Finding> {
  const { weaknessOf } = await import('../../webhooks/webhooks.ts');
  const fix = 'castkeys webhook secret --rotate';
  const weakness = weaknessOf(secret);
  if (weakness) return { state: 'fail', evidence: `the webhook secret can be guessed: ${weakness}`, fix };
  const fingerprint = settings.secrets[settings.current ?? '']?.fingerprint;
  const sharing = Object.entries(config.profiles).find(
    ([name, { webhook: other }]) =>
      name !== profileName && other?.secrets[other.current ?? '']?.fingerprint === fingerprint,
  );
  if (sharing) return { state: 'fail', evidence: `the webhook secret is that of ${sharing[0]}, too`, fix };
  return { state: 'pass', evidence: 'a secret is kept' };
}

async function atCastai(subject: Subject, settings: Settings, secret: Secret): Promise<Finding> {
  const { configuration, header, previous } = settings;
  const fix = 'castkeys webhook secret';
  if (!configuration) return { state: 'warn', evidence: 'Cast AI is not set to send it', fix };
  const client = await clientOf(subject);
  if (!client) return { state: 'unknown', evidence: 'no key to ask Cast AI with', fix: 'castkeys keys add' };
  const found = (await client.webhooks.list()).find(({ id }) => id === configuration.id);
  if (!found)
    return { state: 'fail', evidence: `the webhook ${configuration.name} is gone from Cast AI`, fix };
  const { carriedIn, tellsIdAndTime } = await import('../../webhooks/webhooks.ts');
  const carried = carriedIn(found, header, secret);
  const isSetByUs = configuration.secretId === settings.current;
  if (previous && previous.id === configuration.secretId) {
    return {
      state: 'warn',
      evidence: `${found.name} still sends the secret before: the rotation is unfinished`,
      fix: 'castkeys webhook secret --finish',
    };
  }
  if (carried === 'nothing' || carried === 'another' || !isSetByUs) {
    return {
      state: 'fail',
      evidence: `${found.name} sends ${carried === 'nothing' ? 'nothing' : 'another secret'} in ${header}`,
      fix,
    };
  }
  if (!tellsIdAndTime(found.requestTemplate)) {
    return {
      state: 'warn',
      evidence: `the template of ${found.name} does not say when and which: it can be replayed`,
      fix,
    };
  }
  return reached(found, carried === 'masked' ? ', which castkeys put there and Cast AI does not show' : '');
}

function reached({ name, status, error }: WebhookConfiguration, aside: string): Finding {
  const evidence = `${name} sends it${aside}`;
  if (status !== 'FailedToConnect') return { state: 'pass', evidence };
  return {
    state: 'warn',
    evidence: `${evidence}, but could not deliver the latest: ${error ?? 'no reason was told'}`,
    fix: 'castkeys webhook probe URL',
  };
}

function probed({ probe }: Settings): Finding {
  const fix = 'castkeys webhook probe URL';
  if (!probe)
    return { state: 'warn', evidence: 'whether the endpoint refuses forged ones was never probed', fix };
  const when = `the probe of ${probe.host} on ${probe.at.slice(0, 10)}`;
  if (probe.wrong.length === 0) return { state: 'pass', evidence: `${when} was clean` };
  return { state: 'fail', evidence: `${when} found it wrong about: ${probe.wrong.join(', ')}`, fix };
}

async function clientOf(subject: Subject): Promise<CastaiClient | undefined> {
  const admin = await subject.admin();
  if (admin) return admin;
  for (const slot of subject.slots) {
    const tried = await subject.tryKey(slot);
    if (tried) return tried.client;
  }
  return undefined;
}

const namesOf = (webhooks: readonly WebhookConfiguration[]): string =>
  webhooks.map(({ name, id }) => name || id).join(', ');

import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { webhooks } from '../../source/flows/webhooks/webhooks.ts';
import type { Install } from '../../source/install/install.ts';
import { findProfile } from '../../source/profiles/profiles.ts';
import { makeWebhookSecret, webhookOf } from '../../source/webhooks/webhooks.ts';
import { type Line, playing } from '../flow/support/front-end.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { installIn } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { verifying } from '../webhooks/support/endpoint.ts';

describe('the screen of webhooks', () => {
  let directory: TemporaryDirectory;
  let install: Install;
  beforeEach(async () => {
    directory = temporaryDirectory();
    install = installIn(directory.path);
    await install.update(config => ({ ...config, profiles: { dev: aProfile() } }));
    return () => directory[Symbol.dispose]();
  });
  const secret = makeWebhookSecret().reveal();
  const play = (...lines: readonly Line[]) =>
    playing(
      () =>
        webhooks({
          install: { ...install, clock: () => new Date() },
          profileName: 'dev',
          profile: findProfile(install.config(), 'dev'),
          overlapMs: 1000,
          reach: async () => {},
        }),
      lines,
    );
  const kept = () => play('set', 'paste', secret, '', 'done');

  it('keeps a secret, says how it stands, and asks what else', async () => {
    const { outcome, told } = await kept();
    expect(outcome).toEqual({ type: 'finished', value: undefined });
    expect(told.filter(event => event.startsWith('asked webhook.task'))).toEqual([
      'asked webhook.task',
      'asked webhook.task-2',
    ]);
    expect(told).toContainEqual(expect.stringMatching(/^noted A webhook secret is kept since/));
  });

  it('offers nothing that there is no secret for', async () => {
    const { events } = await play('done');
    const asked = events.find(event => event.type === 'asked');
    expect(asked).toMatchObject({ question: { choices: [{ value: 'set' }, { value: 'done' }] } });
  });

  it('signs, and verifies what it signed', async () => {
    await kept();
    const signature = `sha256=${createHmac('sha256', secret).update('{}').digest('hex')}`;
    const { told } = await play(
      'sign',
      '{}',
      'verify',
      '{}',
      signature,
      'verify',
      '{} ',
      `${signature}0`,
      'done',
    );
    expect(told).toContain(`noted ${signature}`);
    expect(told).toContain('noted Genuine.');
    expect(told).toContainEqual(expect.stringMatching(/^noted Not genuine/));
  });

  it('probes an endpoint, and remembers it', async () => {
    await kept();
    using endpoint = await verifying(() => ({ secret, scheme: { kind: 'token' } }));
    const { told } = await play('probe', endpoint.url, 'token', 'done');
    expect(told).toContainEqual(expect.stringMatching(/^noted the genuine one again: taken/));
    expect(webhookOf(install.config(), 'dev')?.probe?.wrong).toEqual(['replayed']);
  });

  it('hands a relay over to the terminal', async () => {
    await kept();
    const { outcome, told } = await play('relay', 'ftp://x', 'http://127.0.0.1:3000/hook');
    expect(told).toContain('refused relay.to');
    expect(outcome).toEqual({ type: 'finished', value: { relayTo: 'http://127.0.0.1:3000/hook' } });
  });

  it('replaces a secret and finishes that', async () => {
    await kept();
    await play('rotate', '', 'done');
    expect(webhookOf(install.config(), 'dev')?.previous).toBeDefined();
    await play('finish', 'done');
    expect(webhookOf(install.config(), 'dev')?.previous).toBeUndefined();
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { play } from '../../source/flow/flow.ts';
import { leaveToTerraform } from '../../source/flows/rotate/not-terraforms.ts';
import type { RotationAsked } from '../../source/flows/rotate/rotate.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { castai } from '../castai/support/castai.ts';
import { json, type OddServer } from '../castai/support/odd-server.ts';
import { aCredential } from '../checklist/support/subjects.ts';
import { saying } from '../flow/support/front-end.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { aKey, installIn } from '../support/install.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const account = (managedBy: string) => json(200, { serviceAccount: { id: 'sa', name: 'app', managedBy } });

async function rotating(server: OddServer, over: Partial<RotationAsked>) {
  using directory = temporaryDirectory();
  const install = installIn(directory.path);
  const profile = aProfile({ origin: server.origin, organization: { id: 'o1' }, slots: { reader: 'old' } });
  await install.update(config => ({
    ...config,
    profiles: { dev: profile },
    credentials: {
      old: aCredential({ origin: server.origin }),
      admin: aCredential({ origin: server.origin }),
    },
    admins: { [`${server.origin} o1`]: 'admin' },
  }));
  await (await install.keychain()).write({ kind: 'credential', id: 'admin' }, new Secret(aKey('d').reveal()));
  const asked: RotationAsked = {
    install,
    place: { kind: 'slot', profile: 'dev', role: 'reader' },
    profileName: 'dev',
    profile,
    mode: 'rotate',
    way: 'api',
    toPolicy: false,
    cwd: '/',
    openConsumers: () => [],
    reach: async () => {},
    onReport: () => {},
    onPlan: () => {},
    onHold: () => {},
    ...over,
  };
  const old = {
    credentialId: 'old',
    credential: aCredential(),
    owner: { kind: 'service-account', id: 'sa', name: 'app' } as const,
  };
  const frontEnd = saying();
  const outcome = await play(() => leaveToTerraform(asked, old), {
    name: 'rotate',
    title: 'Rotate',
    frontEnd,
    signal: new AbortController().signal,
  });
  return { outcome, said: JSON.stringify(frontEnd.events) };
}

describe('a key of a service account that Terraform manages', () => {
  let server: OddServer;
  beforeEach(async () => {
    server = await castai({ '/v1/organizations/o1/service-accounts/sa': account('terraform') });
    return () => server[Symbol.asyncDispose]();
  });

  it('is left to Terraform', async () => {
    const { outcome } = await rotating(server, {});
    expect(outcome).toMatchObject({ type: 'failed', error: { code: 'managed-elsewhere', exitCode: 1 } });
  });

  it('is cut off all the same where it leaked, and that is said', async () => {
    const { outcome, said } = await rotating(server, { mode: 'emergency' });
    expect(outcome.type).toBe('finished');
    expect(said).toContain('Terraform manages the service account app');
  });

  it('may be followed by one of another service account', async () => {
    expect((await rotating(server, { toPolicy: true })).outcome.type).toBe('finished');
  });
});

it('one that people manage is rotated', async () => {
  await using server = await castai({ '/v1/organizations/o1/service-accounts/sa': account('console') });
  expect((await rotating(server, {})).outcome.type).toBe('finished');
});

import type { Home } from '../home/home.ts';
import type { Keychain, ReadResult } from '../keychain/keychain.ts';
import { adminIdOf, type Config, type Profile, roles } from '../profiles/profiles.ts';
import type { Slot, Subject } from './check.ts';
import { findOwner } from './find-owner.ts';

export interface SubjectOptions {
  readonly profileName: string;
  readonly profile: Profile;
  readonly config: Config;
  readonly cwd: string;
  readonly home: Home;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: () => Date;
  readonly signal?: AbortSignal;
  readonly keychain: () => Promise<Keychain>;
  /** Makes sure that whatever the profile's API is can be reached. */
  readonly reach: () => Promise<void>;
}

/** What the checks look at. Each key is read and tried once, however many checks ask. */
export function openSubject(options: SubjectOptions): Subject {
  const { config, profileName, profile, clock, signal } = options;
  const slots = roles.flatMap(role => {
    const id = profile.slots[role];
    const credential = id === undefined ? undefined : config.credentials[id];
    return id === undefined || credential === undefined ? [] : [{ role, id, credential }];
  });
  const secretOf = once(async (slot: Slot): Promise<ReadResult> => {
    const keychain = await options.keychain();
    return keychain.read({ kind: 'credential', id: slot.id });
  });
  const tryKey = once(async (slot: Slot) => {
    const result = await secretOf(slot);
    if (result.state !== 'value') return undefined;
    await options.reach();
    // Loaded here, so that --offline need not.
    const { castaiClient, verifyKey } = await import('../castai/castai.ts');
    const client = castaiClient({
      origin: slot.credential.origin,
      secret: result.secret,
      authorization: profile.authorization,
      ...(profile.organization ? { organizationId: profile.organization.id } : {}),
      ...(signal ? { signal } : {}),
    });
    const started = performance.now();
    const verdict = await verifyKey(client);
    return { verdict, client, ms: performance.now() - started };
  });
  let opened: ReturnType<typeof openAdmin> | undefined;
  const admin = () => {
    opened ??= openAdmin(options);
    return opened;
  };
  return {
    profileName,
    profile,
    slots,
    config,
    cwd: options.cwd,
    home: options.home,
    env: options.env,
    clock,
    ...(signal ? { signal } : {}),
    keychain: options.keychain,
    secretOf,
    tryKey,
    admin,
    ownerOf: once(slot => findOwner({ tryKey, admin }, slot)),
  };
}

async function openAdmin({ config, profile, signal, keychain, reach }: SubjectOptions) {
  const { origin, organization, authorization } = profile;
  if (!organization) return undefined;
  const id = adminIdOf(config, { origin, organizationId: organization.id });
  if (id === undefined) return undefined;
  const result = await (await keychain()).read({ kind: 'credential', id });
  if (result.state !== 'value') return undefined;
  await reach();
  const { castaiClient } = await import('../castai/castai.ts');
  return castaiClient({
    origin,
    secret: result.secret,
    authorization,
    organizationId: organization.id,
    ...(signal ? { signal } : {}),
  });
}

function once<T>(look: (slot: Slot) => Promise<T>): (slot: Slot) => Promise<T> {
  const looked = new Map<string, Promise<T>>();
  return slot => {
    const known = looked.get(slot.id) ?? look(slot);
    looked.set(slot.id, known);
    return known;
  };
}

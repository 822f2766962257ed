import { type Broker, type BrokerOptions, openBroker } from '../../../source/broker/broker.ts';
import { storeCredential } from '../../../source/credentials/credentials.ts';
import { type Install, readSecret } from '../../../source/install/install.ts';
import type { Secret } from '../../../source/keychain/secret.ts';
import type { Policy, Role } from '../../../source/profiles/profiles.ts';
import { aProfile } from '../../profiles/support/configs.ts';
import { installIn } from '../../support/install.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

export interface BehindOptions {
  readonly origin: string;
  readonly keys: Partial<Record<Role, Secret>>;
  readonly policy?: Partial<Policy>;
  readonly organizationId?: string;
  readonly options?: Partial<BrokerOptions>;
  /** Comes before each key is read. */
  readonly beforeReading?: () => void;
}

export interface Behind extends AsyncDisposable {
  readonly broker: Broker;
  readonly install: Install;
  /** What the programs behind it hold for a role. */
  readonly token: (role?: Role) => string;
  /** Asks the broker as a program behind it does. */
  readonly ask: (path: string, init?: RequestInit, role?: Role) => Promise<Response>;
  /** Points a role to another key, as the last step of a rotation does. */
  readonly switchTo: (role: Role, secret: Secret) => Promise<string>;
  readonly idOf: (role: Role) => string;
}

/** A broker for the profile `dev`, whose keys are in a keychain that forgets. */
export async function aBroker({
  origin,
  keys,
  policy,
  organizationId,
  options,
  beforeReading,
}: BehindOptions): Promise<Behind> {
  const directory = temporaryDirectory();
  const install = installIn(directory.path);
  const profile = aProfile({
    origin,
    region: origin,
    ...(organizationId === undefined ? {} : { organization: { id: organizationId } }),
  });
  await install.update(config => ({ ...config, profiles: { dev: profile } }));
  const store = (role: Role, secret: Secret) =>
    storeCredential(install, {
      place: { kind: 'slot', profile: 'dev', role },
      secret,
      origin,
      replace: true,
    });
  for (const [role, secret] of Object.entries(keys)) await store(role as Role, secret);
  const idOf = (role: Role) => install.config()?.profiles['dev']?.slots[role] ?? '';
  const broker = await openBroker({
    home: install.home,
    clock: install.clock,
    config: install.config,
    read: async id => {
      beforeReading?.();
      return readSecret(await install.keychain(), id);
    },
    profileName: 'dev',
    roles: Object.keys(keys) as Role[],
    origin,
    authorization: 'x-api-key',
    rules: () => ({
      profileName: 'dev',
      policy: { scopes: ['read:*'], clusters: [], ...policy },
      organizationId,
    }),
    ...options,
  });
  const token = (role: Role = 'reader') => broker.tokenFor(role)?.reveal() ?? '';
  return {
    broker,
    install,
    token,
    ask: (path, init = {}, role = 'reader') =>
      fetch(`${broker.url}${path}`, {
        ...init,
        redirect: 'manual',
        headers: { 'X-API-Key': token(role), ...init.headers },
      }),
    switchTo: async (role, secret) => {
      await store(role, secret);
      return idOf(role);
    },
    idOf,
    [Symbol.asyncDispose]: async () => {
      await broker.close();
      directory[Symbol.dispose]();
    },
  };
}

import { join } from 'node:path';
import { type Address, addressesOf, type MachineOptions, type StoreInUse } from '../../doctor/doctor.ts';
import { CastkeysError } from '../../errors.ts';
import { speaksUtf8 } from '../../frontends/locale.ts';
import { withLock } from '../../home/home.ts';
import { Passphrase } from '../../install/install.ts';
import { type Config, findProfile, type Profile, readConfig } from '../../profiles/profiles.ts';
import type { Call } from '../command.ts';
import { isAttended } from '../session.ts';
import { screenOf } from './screen-of.ts';

/** What the doctor is to look at, gathered from the call. Broken settings are a line of its list, and don't stop it. */
export function machineOf(call: Call): MachineOptions {
  const { env, home, clock, signal } = call;
  const settings = orError(() => readConfig(home));
  const config = settings instanceof CastkeysError ? undefined : settings;
  const store = orError(() => storeInUse(env, config));
  return {
    platform: process.platform,
    env,
    home,
    screen: { ...screenOf(call), speaksUtf8: speaksUtf8(env, process.platform) },
    isAttended: isAttended(call),
    settings,
    store,
    addresses: addressesIn(call, config),
    version: typeof CASTKEYS_VERSION === 'string' ? CASTKEYS_VERSION : 'from source',
    openKeychain: () => openStore(call, config, store),
    clock,
    signal,
  };
}

/** Those of all profiles; with `--profile`, of that one. */
function addressesIn({ env, flags }: Call, config: Config | undefined): readonly Address[] {
  const named = flags.text('profile');
  const profiles: Readonly<Record<string, Profile>> =
    named === undefined ? (config?.profiles ?? {}) : { [named]: findProfile(config, named) };
  return addressesOf(profiles, env['CASTAI_API_URL']);
}

const stores = {
  auto: 'the default',
  keychain: 'CASTKEYS_STORE=keychain',
  file: 'CASTKEYS_STORE=file',
} as const;

function storeInUse(env: NodeJS.ProcessEnv, config: Config | undefined): StoreInUse {
  const setting = env['CASTKEYS_STORE'] || 'auto';
  if (setting === 'keychain' || setting === 'file') return { kind: setting, why: stores[setting] };
  if (setting !== 'auto') {
    throw new CastkeysError(
      'usage',
      'CASTKEYS_STORE is none of auto, keychain, file.',
      'unset CASTKEYS_STORE',
    );
  }
  return config?.store
    ? { kind: config.store, why: 'the settings say so' }
    : { kind: 'keychain', why: stores.auto };
}

/** Unlike an install's, this makes no settings file where there is none, and never raises a dialog to unlock. */
async function openStore(
  { env, home, signal }: Call,
  config: Config | undefined,
  store: StoreInUse | CastkeysError,
) {
  if (store instanceof CastkeysError) throw store;
  const passphrase = new Passphrase(env);
  const { openKeychain } = await import('../../keychain/open-keychain.ts');
  return openKeychain({
    store: store.kind,
    installId: config?.installId ?? 'doctor',
    directory: home.config,
    env,
    passphrase: () => passphrase.get(),
    patience: 'none',
    withLock: work => withLock(join(home.state, 'secrets.lock'), work),
    signal,
  });
}

function orError<T>(look: () => T): T | CastkeysError {
  try {
    return look();
  } catch (thrown) {
    if (thrown instanceof CastkeysError) return thrown;
    throw thrown;
  }
}

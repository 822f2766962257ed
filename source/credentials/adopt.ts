import { credentialResource, enter } from '../audit/audit.ts';
import type { KeyOwner } from '../castai/castai.ts';
import type { Install } from '../install/install.ts';
import type { Config, Credential } from '../profiles/profiles.ts';
import type { Candidates } from './candidates.ts';
import type { FoundKey } from './owner-keys.ts';

/** Writes what Cast AI says of the key into its record; comes to the record before. */
export async function adoptKey(
  install: Install,
  { credentialId, owner }: Pick<Candidates, 'credentialId' | 'owner'>,
  { id: keyId, name, createdAt, expiresAt }: FoundKey,
): Promise<Credential | undefined> {
  const config = install.config();
  const before = config?.credentials[credentialId];
  await change(install, credentialId, ({ name: _n, createdAt: _c, expiresAt: _e, ...credential }) => ({
    ...credential,
    keyId,
    ...(name ? { name } : {}),
    ...(createdAt ? { createdAt } : {}),
    ...(expiresAt ? { expiresAt } : {}),
    ...(owner.kind === 'unknown' ? {} : { owner: { ...credential.owner, ...recorded(owner) } }),
  }));
  await enter(install, {
    action: 'key.adopted',
    resource: credentialResource(config, credentialId),
    metadata: { credential: credentialId, keyId, name: name ?? null, createdAt: createdAt ?? null },
  });
  return before;
}

/** Puts a record back as it was. */
export const unadoptKey = (install: Install, credentialId: string, before: Credential): Promise<void> =>
  change(install, credentialId, () => before);

function recorded({ kind, id, name, email }: KeyOwner) {
  const known = name ?? email;
  return { kind, ...(id === undefined ? {} : { id }), ...(known === undefined ? {} : { name: known }) };
}

async function change(
  install: Install,
  id: string,
  to: (credential: Credential) => Credential,
): Promise<void> {
  await install.update((config: Config) => {
    const credential = config.credentials[id];
    return credential ? { ...config, credentials: { ...config.credentials, [id]: to(credential) } } : config;
  });
}

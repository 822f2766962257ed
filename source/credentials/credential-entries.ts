/** What the audit log is told of a credential. */
import { adminResource, enter, keyResource, type Metadata } from '../audit/audit.ts';
import { asCastkeysError, exitCode } from '../errors.ts';
import type { Install } from '../install/install.ts';
import type { Credential } from '../profiles/profiles.ts';
import type { Place } from './place.ts';

export const resourceOf = (place: Place): string =>
  place.kind === 'slot' ? keyResource(place.profile, place.role) : adminResource(place.organizationId);

/** By what a reader knows it again. */
export function traitsOf(id: string, credential: Credential | undefined): Metadata {
  const { keyId, name, owner, organization, origin, expiresAt } = credential ?? {};
  return {
    credential: id,
    ...(origin === undefined ? {} : { origin }),
    ...(organization === undefined ? {} : { organization: organization.id }),
    ...(keyId === undefined ? {} : { keyId }),
    ...(name === undefined ? {} : { name }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(owner?.id === undefined
      ? {}
      : { owner: `${owner.kind} ${owner.id}${owner.name ? ` (${owner.name})` : ''}` }),
  };
}

export interface Imported {
  readonly place: Place;
  readonly id: string;
  readonly credential: Credential;
  /** What was in the place before. */
  readonly before: string | undefined;
  /** castkeys had it made; else it came from somewhere. */
  readonly isMade: boolean;
}

/** A key is in its place now, and was verified before where it was. */
export async function enterImport(
  install: Install,
  { place, id, credential, before, isMade }: Imported,
): Promise<void> {
  const about = { resource: resourceOf(place), metadata: traitsOf(id, credential) };
  const replaced = before === undefined || before === id ? {} : { replaced: before };
  const isVerified = credential.verifiedAt !== undefined;
  await Promise.all([
    ...(isVerified ? [enter(install, { action: 'key.verified', ...about })] : []),
    enter(install, {
      action: isMade ? 'key.created' : 'key.imported',
      ...about,
      metadata: { ...about.metadata, ...replaced, verified: isVerified, store: credential.store },
    }),
  ]);
}

/** Tries a key; one that Cast AI refuses is entered. Before there is an install nothing is: then nothing may be left of a try. */
export async function enteringRefusal<T>(
  install: Install,
  resource: string,
  verify: () => Promise<T>,
): Promise<T> {
  try {
    return await verify();
  } catch (thrown) {
    const { code, exitCode: exit } = asCastkeysError(thrown);
    if (exit === exitCode.refused && install.config()) {
      await enter(install, {
        action: 'key.verified',
        resource,
        result: 'failure',
        metadata: { error: code },
      });
    }
    throw thrown;
  }
}

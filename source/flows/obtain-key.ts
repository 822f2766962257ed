import { keyResource } from '../audit/audit.ts';
import { builtInRegions, originOf, readPastedKey } from '../castai/castai.ts';
import { enteringRefusal, type VerifiedKey, verifyKeyFor } from '../credentials/credentials.ts';
import { CastkeysError, exitCode } from '../errors.ts';
import {
  ask,
  askedOf,
  confirm,
  type Flow,
  note,
  type Question,
  type StepContext,
  secret,
  select,
  step,
} from '../flow/flow.ts';
import type { Install } from '../install/install.ts';
import type { Secret } from '../keychain/secret.ts';
import type { Profile, Role } from '../profiles/profiles.ts';

export interface KeyWanted {
  readonly install: Install;
  readonly role: Role | 'admin';
  readonly profileName: string;
  readonly profile: Pick<Profile, 'origin' | 'region' | 'authorization' | 'organization'>;
  /** Whether the profile can still become one of another region. */
  readonly mayMove: boolean;
  /** The same is asked of other profiles in the same wizard. */
  readonly isOneOfSeveral?: boolean;
  /** What an empty answer stands for. */
  readonly fallback?: { readonly label: string; readonly secret: Secret };
}

/** Asks for a key until Cast AI says that one is alive, or the person stops. Nothing is stored here. */
export function* obtainKey(wanted: KeyWanted): Flow<VerifiedKey> {
  for (;;) {
    const pasted = yield* ask(asked(wanted, keyQuestion(wanted)));
    const verified = yield* tryKey(wanted, pasted);
    if (!verified) continue;
    return verified;
  }
}

const asked = <const Q extends Question>({ isOneOfSeveral, profileName }: KeyWanted, question: Q): Q =>
  isOneOfSeveral ? askedOf(profileName, question) : question;

function elsewhere({ profile }: KeyWanted, { origin }: VerifiedKey): CastkeysError {
  return new CastkeysError(
    'origin-mismatch',
    `The key works at ${origin}, and the profile is for ${profile.origin}. Nothing was stored.`,
    `make a profile for that region: castkeys profiles add NAME --region ${origin}`,
  );
}

/** Tries a key until Cast AI has an opinion of it. Undefined: another key is wanted. */
export function* tryKey(wanted: KeyWanted, pasted: Secret): Flow<VerifiedKey | undefined> {
  const verified = yield* tryEverywhere(wanted, pasted);
  if (verified && verified.origin !== wanted.profile.origin && !wanted.mayMove)
    throw elsewhere(wanted, verified);
  return verified;
}

function* tryEverywhere(wanted: KeyWanted, pasted: Secret): Flow<VerifiedKey | undefined> {
  for (;;) {
    try {
      return yield* step(verify(wanted, pasted));
    } catch (error) {
      if (!(error instanceof CastkeysError)) throw error;
      if (error.code === 'key-invalid') {
        yield* note(error.next, 'warning');
        return yield* tryElsewhere(wanted, pasted);
      }
      if (error.exitCode !== exitCode.unreachable) throw error;
      const choice = yield* ask(asked(wanted, unreachableQuestion(error)));
      if (choice === 'stop') throw error;
      if (choice === 'another') return undefined;
    }
  }
}

/** A good key in the wrong region is refused just like a bad one. Other hosts see the key, so it is asked first. */
function* tryElsewhere(wanted: KeyWanted, pasted: Secret): Flow<VerifiedKey | undefined> {
  const others = builtInRegions.filter(({ origin }) => origin !== wanted.profile.origin);
  if (others.length === builtInRegions.length) return undefined;
  const agreed = yield* ask(
    asked(
      wanted,
      confirm({
        id: 'region.try-others',
        message: 'Try the key in the other regions too?',
        help: `It would be sent to ${others.map(({ origin }) => new URL(origin).host).join(' and ')}.`,
        fallback: false,
      }),
    ),
  );
  if (!agreed) return undefined;
  for (const { id, title } of others) {
    try {
      return yield* step(
        verify(
          { ...wanted, profile: { ...wanted.profile, region: id, origin: originOf(id) } },
          pasted,
          title,
        ),
      );
    } catch (error) {
      if (!(error instanceof CastkeysError)) throw error;
    }
  }
  return undefined;
}

const keyQuestion = ({ role, profileName, fallback }: KeyWanted) =>
  secret({
    id: `key.${role}`,
    message: role === 'admin' ? "Paste an Owner's API key" : `Paste the ${role} key for ${profileName}`,
    help: 'In the Cast AI console: user menu, API keys, Create access key. Nothing of it will be shown.',
    read: readPastedKey,
    ...(fallback ? { fallback } : {}),
  });

const verify = (
  { install, profileName, profile, role }: KeyWanted,
  pasted: Secret,
  regionTitle?: string,
) => ({
  id: 'key.verify',
  title: regionTitle ? `Try the key in ${regionTitle}` : `Ask ${new URL(profile.origin).host} about the key`,
  readOnly: true,
  run: ({ signal }: StepContext) =>
    enteringRefusal(install, keyResource(profileName, role), () =>
      verifyKeyFor({
        secret: pasted,
        origin: profile.origin,
        authorization: profile.authorization,
        signal,
      }),
    ),
  summary: (verified: VerifiedKey) => `${role} key works: ${describeOwner(verified)}`,
});

/** Who and what a key is, in a few words. */
export function describeOwner({ owner, organizations, isRestricted }: VerifiedKey): string {
  if (isRestricted) return 'alive, but it may not even ask whose it is';
  const kinds = { 'service-account': 'service account', person: 'person', unknown: 'owner' };
  const who = owner.name ?? owner.email ?? owner.id ?? 'not told';
  const where = organizations.length === 1 ? ` in ${organizations[0]?.name ?? organizations[0]?.id}` : '';
  return `${kinds[owner.kind]} ${who}${where}`;
}

const unreachableQuestion = (error: CastkeysError) =>
  select({
    id: 'key.unreachable',
    message: 'The key could not be tried. What now?',
    help: error.next,
    choices: [
      { value: 'retry', title: 'Try again' },
      { value: 'another', title: 'Paste another key' },
      { value: 'stop', title: 'Stop here', hint: 'nothing was stored' },
    ],
  });

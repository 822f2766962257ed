/** Finding out which of Cast AI's keys a stored one is: by its owner's only key, by watching it being used, else by asking. */
import {
  adoptKey,
  type Candidates,
  type FoundKey,
  findCandidates,
  type Place,
  recogniseKey,
  unadoptKey,
} from '../credentials/credentials.ts';
import { CastkeysError } from '../errors.ts';
import { ask, badge, type Flow, note, type StepContext, select, step } from '../flow/flow.ts';
import type { Install } from '../install/install.ts';
import type { Credential, Profile, Role } from '../profiles/profiles.ts';

export const adoptQuestions = ['adopt.key'] as const;

export interface KeyToAdopt {
  readonly install: Install;
  readonly profileName: string;
  readonly profile: Profile;
  readonly role: Role | 'admin';
  /** How long to watch; absent: as suits the real API. */
  readonly patience?: NonNullable<Parameters<typeof recogniseKey>[1]>['patience'];
  /** Makes sure the profile's API is there. */
  readonly reach: () => Promise<void>;
}

/** Comes to what Cast AI's list says of the key. */
export function* adoptStoredKey(wanted: KeyToAdopt): Flow<FoundKey> {
  const { profileName, profile } = wanted;
  yield* badge({
    profile: profileName,
    environment: profile.environment,
    region: profile.region,
    practice: profile.region === 'practice',
  });
  const candidates = yield* step(look(wanted));
  const found = candidates.known ?? (yield* step(watch(wanted, candidates))) ?? (yield* askWhich(candidates));
  yield* step(record(wanted, candidates, found));
  return found;
}

const look = ({ install, profileName, profile, role, reach }: KeyToAdopt) => ({
  id: 'adopt.look',
  title: "Look up its owner's keys",
  readOnly: true,
  run: async ({ signal }: StepContext) => {
    await reach();
    return findCandidates({ install, place: placeOf(profileName, profile, role), profile, signal });
  },
  summary: ({ keys, owner, known }: Candidates) =>
    `${owner.name ?? owner.email ?? owner.id ?? 'the organization'} has ${keys.length === 1 ? 'one key' : `${keys.length} keys`}${known ? `; it is ${known.name || known.id}` : ''}`,
});

const watch = ({ patience }: KeyToAdopt, { watch: keyWatch }: Candidates) => ({
  id: 'adopt.watch',
  title: 'Use it, and see whose time of last use moves',
  readOnly: true,
  run: ({ signal, progress }: StepContext) =>
    recogniseKey(keyWatch, { signal, progress, ...(patience ? { patience } : {}) }),
  summary: (found: FoundKey | undefined) => (found ? `it is ${found.name || found.id}` : 'none alone did'),
});

const none = 'none';

function* askWhich({ keys }: Candidates): Flow<FoundKey> {
  yield* note(
    'Which key it is could not be seen: the list lags, or others use these keys too. A rotation switches off what is chosen here.',
    'warning',
  );
  const chosen = yield* ask(
    select({
      id: 'adopt.key',
      message: 'Which of these keys is it?',
      help: 'The Cast AI console shows them by the same names.',
      choices: [
        ...keys.map(key => ({ value: key.id, title: key.name || key.id, hint: hintOf(key) })),
        { value: none, title: 'None of these, or not known', hint: 'nothing is changed' },
      ],
    }),
  );
  const key = keys.find(({ id }) => id === chosen);
  if (key) return key;
  throw new CastkeysError(
    'cancelled',
    "Which of Cast AI's keys it is stays unknown. Nothing was changed.",
    'look at the names in the Cast AI console; then: castkeys keys adopt',
  );
}

function hintOf({ createdAt, lastUsedAt, expiresAt }: FoundKey): string {
  return [
    `made ${createdAt?.slice(0, 10) ?? 'at a time not told'}`,
    lastUsedAt ? `last used ${lastUsedAt.slice(0, 16).replace('T', ' ')} UTC` : 'never used',
    expiresAt ? `expires ${expiresAt.slice(0, 10)}` : 'never expires',
  ].join(', ');
}

const record = ({ install }: KeyToAdopt, candidates: Candidates, found: FoundKey) => ({
  id: 'adopt.record',
  title: 'Remember which key it is',
  touches: ['least-privilege', 'service-account', 'key-age', 'old-keys'],
  run: () => adoptKey(install, candidates, found),
  undo: async (before: Credential | undefined) => {
    if (before) await unadoptKey(install, candidates.credentialId, before);
  },
  summary: () =>
    `${found.name || found.id}${found.createdAt ? `, made ${found.createdAt.slice(0, 10)}` : ''}`,
});

function placeOf(profileName: string, profile: Profile, role: Role | 'admin'): Place {
  if (role !== 'admin') return { kind: 'slot', profile: profileName, role };
  return { kind: 'admin', origin: profile.origin, organizationId: profile.organization?.id ?? '' };
}

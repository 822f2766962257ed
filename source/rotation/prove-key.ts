import type { Verdict } from '../castai/castai.ts';
import { CastkeysError } from '../errors.ts';
import { readSecret } from '../install/install.ts';
import { currentAttempt, type Journal, withProof } from './journal.ts';
import type { Progress } from './perform.ts';
import { saved, type World } from './world.ts';

/** Successes in a row that count as proof: Cast AI is several servers, and one of them may know a key before the others. */
const wanted = 3;
/** Between two tries. ms. */
const pause = 200;
/** How long a key may be refused before that is its answer. ms. */
const patience = 60_000;

type Valid = Extract<Verdict, { outcome: 'valid' }>;

/** Proves the new key: accepted several times in a row, in the same organization, as the owner it was made for. */
export async function proveNew(world: World, journal: Journal, progress: Progress): Promise<Journal> {
  const attempt = currentAttempt(journal);
  if (!attempt) return journal;
  const verdict = await accepted(world, attempt.credentialId, progress);
  refuseOtherIdentity(world, journal, verdict);
  const now = world.clock();
  const { name = verdict.identity.email ?? verdict.identity.id } = verdict.identity;
  const evidence = `accepted ${wanted} times in a row${name ? `, as ${name}` : ''}${organizationWords(verdict)}`;
  await world.update(config => {
    const credential = config.credentials[attempt.credentialId];
    if (!credential) return config;
    const proven = { ...credential, verifiedAt: now.toISOString() };
    return { ...config, credentials: { ...config.credentials, [attempt.credentialId]: proven } };
  });
  return saved(world, withProof({ ...journal, provenAt: now.toISOString() }, 'proven', now, evidence));
}

/** Proves that the old key works again, before anything points to it. */
export async function proveOldBack(world: World, journal: Journal, progress: Progress): Promise<Journal> {
  await accepted(world, journal.old.credentialId, progress);
  const evidence = `the old key was accepted ${wanted} times in a row`;
  return saved(world, withProof(journal, 'old-key-back', world.clock(), evidence));
}

async function accepted(world: World, credentialId: string, progress: Progress): Promise<Valid> {
  const secret = await readSecret(await world.keychain(), credentialId);
  const giveUp = world.clock().getTime() + patience;
  for (let inARow = 0; ; ) {
    const verdict = await world.tryKey(secret);
    if (verdict.outcome === 'unknown') throw verdict.error;
    inARow = verdict.outcome === 'valid' ? inARow + 1 : 0;
    progress(inARow > 0 ? `accepted ${inARow} of ${wanted} times` : 'not accepted yet');
    if (verdict.outcome === 'valid' && inARow >= wanted) return verdict;
    if (world.clock().getTime() >= giveUp) throw notAccepted();
    await world.sleep(pause);
  }
}

function refuseOtherIdentity(world: World, journal: Journal, { identity, organizations }: Valid): void {
  const { owner } = journal;
  // What it doesn't say, it doesn't contradict: the key was made for this owner.
  const isOther = identity.id !== undefined && identity.id !== owner.id;
  const wantedOrganization = world.config()?.credentials[journal.old.credentialId]?.organization?.id;
  const isElsewhere =
    wantedOrganization !== undefined &&
    organizations.length > 0 &&
    organizations.every(({ id }) => id !== wantedOrganization);
  if (!isOther && !isElsewhere) return;
  throw new CastkeysError(
    'organization-mismatch',
    `The new key ${isOther ? `belongs to another owner than ${owner.name ?? owner.id}` : 'reaches another organization than the old one'}. It is not used; the old one is untouched.`,
    'castkeys rotate --rollback, and make the key for the same owner',
  );
}

const organizationWords = ({ organizations: [first] }: Valid): string =>
  first ? `, in ${first.name ?? first.id}` : '';

function notAccepted(): CastkeysError {
  return new CastkeysError(
    'rotation-unfinished',
    `Cast AI has not accepted the key for ${patience / 1000} s. The key in use is untouched, and nothing was lost.`,
    'castkeys rotate --resume tries it again; castkeys rotate --rollback gives the new key up',
  );
}

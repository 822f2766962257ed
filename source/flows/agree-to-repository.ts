/** What a repository's own file asks for is shown, and agreed to, before pinning a profile beside it makes it count. */
import { basename, dirname, resolve } from 'node:path';
import { enter, profileResource } from '../audit/audit.ts';
import { consumersIn, consumerWords } from '../consumers/consumers.ts';
import { CastkeysError } from '../errors.ts';
import { ask, confirm, type Flow, note, step } from '../flow/flow.ts';
import type { Install } from '../install/install.ts';
import { agreeTo, findPin, isAgreedTo, type Pin, type RepositoryPolicy } from '../profiles/profiles.ts';

export const repositoryQuestions = ['repository.policy'] as const;

/** The file of this very directory, where it asks for something that nobody of this install agreed to yet. */
export function pinToAgreeTo(install: Install, directory: string): Pin | undefined {
  const pin = findPin(directory);
  const asks = [pin?.policy, pin?.consumers, pin?.ignore].some(wish => wish !== undefined);
  if (!pin || !asks || dirname(pin.path) !== resolve(directory) || isAgreedTo(install.home, pin))
    return undefined;
  return pin;
}

/** @throws CastkeysError `cancelled` where the person doesn't agree. Pinning a profile in the file then agrees to it. */
export function* agreeToRepository(install: Install, directory: string): Flow<void> {
  const pin = pinToAgreeTo(install, directory);
  if (!pin || (yield* askAbout(pin))) return;
  throw new CastkeysError(
    'cancelled',
    'What the file asks for was not agreed to. Nothing was pinned.',
    'take "policy", "consumers" and "ignore" out of .castkeys.json, or agree to them',
  );
}

/** Asks, and remembers that the person agreed to exactly this content. */
export function* agreeToPin(install: Install, pin: Pin): Flow<boolean> {
  if (!(yield* askAbout(pin))) return false;
  yield* step({
    id: 'repository.agree',
    title: `Remember that ${pin.path} was agreed to`,
    isQuiet: true,
    run: async () => {
      await agreeTo(install.home, pin, install.clock());
      await enterAgreement(install, pin);
    },
  });
  return true;
}

/** What a repository may do from now on is in the audit log, with the content that was agreed to. */
export async function enterAgreement(install: Install, pin: Pin, profile = pin.profile): Promise<void> {
  await enter(install, {
    action: 'policy.agreed',
    resource: profile === undefined ? `repository:${dirname(pin.path)}` : profileResource(profile),
    metadata: {
      path: pin.path,
      sha256: pin.sha256,
      says: [...(pin.policy ? policyWords(pin.policy) : []), ...consumersIn(pin).map(consumerWords)],
    },
  });
}

function* askAbout(pin: Pin): Flow<boolean> {
  for (const line of pin.policy ? policyWords(pin.policy) : []) yield* note(line, 'warning');
  for (const line of consumersIn(pin).map(consumerWords)) yield* note(line, 'warning');
  for (const { key, reason } of pin.ignore ?? [])
    yield* note(`a scan leaves out the key ${key}: ${reason}`, 'warning');
  return yield* ask(
    confirm({
      id: 'repository.policy',
      message: `${basename(pin.path)} in ${dirname(pin.path)} asks for this. Let it count?`,
      help: 'It came with the repository. Once the file changes it is asked again.',
      fallback: false,
    }),
  );
}

function policyWords({
  scopes,
  clusters,
  maxAgeDays,
  expiresInDays,
  skip = {},
}: RepositoryPolicy): readonly string[] {
  return [
    ...(scopes ? [`keys may do: ${scopes.join(', ') || 'nothing'}`] : []),
    ...(clusters ? [`clusters that may be written to: ${clusters.join(', ') || 'none'}`] : []),
    ...(maxAgeDays === undefined ? [] : [`keys are due for rotation after ${maxAgeDays} days`]),
    ...(expiresInDays === undefined ? [] : [`new keys expire after ${expiresInDays} days`]),
    ...Object.entries(skip).map(([check, reason]) => `the check ${check} is left out: ${reason}`),
  ];
}

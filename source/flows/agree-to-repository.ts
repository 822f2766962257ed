/** What a repository's own file asks for is shown, and agreed to, before pinning a profile beside it makes it count. */
import { dirname, resolve } from 'node:path';
import { CastkeysError } from '../errors.ts';
import { ask, confirm, type Flow, note } from '../flow/flow.ts';
import type { Install } from '../install/install.ts';
import { findPin, isAgreedTo, type RepositoryPolicy } from '../profiles/profiles.ts';

export const repositoryQuestions = ['repository.policy'] as const;

/** The policy in the file of this very directory that nobody of this install agreed to yet. */
export function policyToAgreeTo(install: Install, directory: string): RepositoryPolicy | undefined {
  const pin = findPin(directory);
  if (!pin?.policy || dirname(pin.path) !== resolve(directory) || isAgreedTo(install.home, pin))
    return undefined;
  return pin.policy;
}

/** @throws CastkeysError `cancelled` where the person doesn't agree. */
export function* agreeToRepository(install: Install, directory: string): Flow<void> {
  const policy = policyToAgreeTo(install, directory);
  if (!policy) return;
  for (const line of policyWords(policy)) yield* note(line, 'warning');
  const agreed = yield* ask(
    confirm({
      id: 'repository.policy',
      message: 'The .castkeys.json here asks for this policy. Let it count?',
      help: 'It came with the repository. Once the file changes it is asked again.',
      fallback: false,
    }),
  );
  if (agreed) return;
  throw new CastkeysError(
    'cancelled',
    'The policy was not agreed to. Nothing was pinned.',
    'take "policy" out of .castkeys.json, or agree to it',
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

import { ask, askedOf, type Flow, multiselect } from '../../flow/flow.ts';
import { type Policy, type Role, recommendedPolicy } from '../../profiles/profiles.ts';
import type { Wanted } from './choose-environments.ts';

const isWriting = ({ scopes }: Policy): boolean => scopes.some(scope => scope !== 'read:*');

/** The slots that a policy has keys for. */
export function rolesOf(policy: Policy): readonly Role[] {
  return isWriting(policy) ? ['reader', 'writer'] : ['reader'];
}

/** Which keys an environment gets, as the policy that allows just that: reading, and for a writer writing to named clusters. */
export function* choosePolicy({ name, environment }: Wanted): Flow<Policy> {
  const recommended = recommendedPolicy(environment);
  const roles = yield* ask(
    askedOf(
      name,
      multiselect({
        id: 'roles',
        message: `Which keys does ${name} need?`,
        help: 'Two keys, so that what only reads never holds the one that writes.',
        choices: [
          { value: 'reader', title: 'reader', hint: 'dashboards, terraform plan' },
          { value: 'writer', title: 'writer', hint: 'terraform apply, on the clusters you name' },
        ] as const,
        fallback: rolesOf(recommended),
        atLeast: 1,
      }),
    ),
  );
  return {
    ...recommended,
    scopes: [
      ...(roles.includes('reader') ? (['read:*'] as const) : []),
      ...(roles.includes('writer') ? (['write:limited'] as const) : []),
    ],
  };
}

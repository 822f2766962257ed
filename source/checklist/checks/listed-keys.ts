import type { Subject } from '../check.ts';

export interface ListedKey {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
}

/** Every key of the organization that the admin credential is shown; undefined where there is none, or it isn't answered. */
export async function keysOfOrganization(subject: Subject): Promise<readonly ListedKey[] | undefined> {
  const admin = await subject.admin();
  if (!admin) return undefined;
  const { CastaiError } = await import('../../castai/castai.ts');
  try {
    const [accounts, tokens] = await Promise.all([
      admin.serviceAccounts.allKeys(),
      personalKeys(subject, admin),
    ]);
    return [...accounts, ...tokens].map(({ id, name, active = true }) => ({ id, name, isActive: active }));
  } catch (thrown) {
    if (thrown instanceof CastaiError && thrown.kind !== 'cancelled') return undefined;
    throw thrown;
  }
}

/** Of the people whose keys are, or were, in this profile. */
async function personalKeys({ slots }: Subject, admin: NonNullable<Awaited<ReturnType<Subject['admin']>>>) {
  const people = new Set(
    slots.flatMap(({ credential: { owner } }) => (owner?.kind === 'person' && owner.id ? [owner.id] : [])),
  );
  const lists = await Promise.all(
    [...people].map(userId => admin.tokens.list({ userId, organizations: 'ALL' })),
  );
  return lists.flat();
}

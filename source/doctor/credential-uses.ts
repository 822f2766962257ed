import { type Config, roles } from '../profiles/profiles.ts';

/** A place that points to a credential. */
export interface CredentialUse {
  readonly id: string;
  readonly profile: string;
  readonly role: string;
}

/** Every role slot that holds a credential, and the admin credentials, under a profile of their organization. */
export function usesOf({ profiles, admins }: Config): readonly CredentialUse[] {
  const inSlots = Object.entries(profiles).flatMap(([profile, { slots }]) =>
    roles.flatMap(role => {
      const id = slots[role];
      return id === undefined ? [] : [{ id, profile, role }];
    }),
  );
  const asAdmin = Object.entries(admins).map(([place, id]) => {
    const owner = Object.entries(profiles).find(
      ([, { origin, organization }]) => place === `${origin} ${organization?.id ?? ''}`,
    );
    return { id, profile: owner?.[0] ?? place, role: 'admin' };
  });
  return [...inSlots, ...asAdmin];
}

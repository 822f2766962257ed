import * as v from 'valibot';

/** An object with exactly one of the fields, as scopes and subjects of a role binding are. */
function oneOf<const E extends v.ObjectEntries>(entries: E, names: string) {
  return v.pipe(
    v.object(entries),
    v.check(
      given => Object.values(given).filter(value => value !== undefined).length === 1,
      `exactly one of ${names}`,
    ),
  );
}

const id = v.string();
const ref = v.exactOptional(v.object({ id }));
const named = v.exactOptional(
  v.object({ id, name: v.exactOptional(v.string()), email: v.exactOptional(v.string()) }),
);

/** What a role binding grants to whom; also how it comes in over the API (section 4.3). */
export const definitionSchema = v.object({
  roleId: v.pipe(v.string(), v.nonEmpty('value is required')),
  scopes: v.pipe(
    v.array(oneOf({ organization: ref, cluster: ref, resource: ref }, 'organization, cluster, resource')),
    v.minLength(1, 'at least one scope is required'),
  ),
  subjects: v.array(
    oneOf({ user: named, serviceAccount: named, group: named }, 'user, serviceAccount, group'),
  ),
});

export const memberSchema = v.object({
  id,
  email: v.string(),
  kind: v.picklist(['USER', 'SERVICE_ACCOUNT']),
});

export type Definition = v.InferOutput<typeof definitionSchema>;

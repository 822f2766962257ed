import type { Owner, Person, State } from './schema.ts';

/** Somebody who acts: a person of the API with a name to show. */
export type Actor = Person & { readonly name: string };

/** Who stands behind a key. The API knows people and service accounts; a cluster's agent shows as the latter. */
export function actorFor(state: State, owner: Owner): Actor {
  const { id } = owner;
  switch (owner.kind) {
    case 'user': {
      const user = state.users.find(one => one.id === id);
      return { id, kind: 'USER', email: user?.email ?? '', name: user?.name ?? '' };
    }
    case 'serviceAccount': {
      const account = state.serviceAccounts.find(one => one.id === id);
      return { id, kind: 'SERVICE_ACCOUNT', email: account?.email ?? '', name: account?.name ?? '' };
    }
    case 'cluster': {
      const cluster = state.clusters.find(one => one.id === id);
      return { id, kind: 'SERVICE_ACCOUNT', email: '', name: cluster?.name ?? '' };
    }
  }
}

/** The person alone, as authors and creators are shown. */
export function personOf({ id, kind, email }: Actor): Person {
  return { id, kind, email };
}

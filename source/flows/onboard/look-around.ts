import { type Flow, step } from '../../flow/flow.ts';
import { findPlaintext, type PlaintextKey, repositoryRoot } from '../../plaintext/plaintext.ts';
import type { Config } from '../../profiles/profiles.ts';
import { placeWords } from '../place-words.ts';
import type { World } from './world.ts';

/** What is there before anything is changed. */
export interface Seen {
  readonly config: Config | undefined;
  readonly plaintext: readonly PlaintextKey[];
  /** The root of the git work tree, if this is one. */
  readonly repository: string | undefined;
}

/** More places than these are only counted. */
const shown = 3;

/** Looks for keys lying about, the repository and what is registered. Changes nothing. */
export const lookAround = ({ install, surroundings }: World): Flow<Seen> =>
  step({
    id: 'look',
    title: 'Look around',
    readOnly: true,
    run: (): Seen => ({
      config: install.config(),
      plaintext: findPlaintext(surroundings).keys,
      repository: repositoryRoot(surroundings.cwd),
    }),
    summary: ({ plaintext, repository }: Seen) =>
      [
        repository === undefined ? 'no git repository' : 'a git repository',
        plaintext.length === 0
          ? 'no key in plaintext'
          : `in plaintext: ${listed(plaintext.map(key => placeWords(key, surroundings)))}`,
      ].join(', '),
  });

function listed(places: readonly string[]): string {
  const more = places.length > shown ? ` and ${places.length - shown} more` : '';
  return places.slice(0, shown).join(', ') + more;
}

import * as v from 'valibot';
import { encodings } from './spelling/encodings.ts';

const wheres = ['blob', 'commit', 'tag', 'note', 'ref', 'path', 'worktree', 'index', 'file'] as const;
export type Where = (typeof wheres)[number];

const foundKeyEntries = {
  /** The credential that it is by value. */
  credential: v.optional(v.string()),
  /** Its fingerprint on this install, by which a retired key is recognised, and one that is stored later. */
  fingerprint: v.optional(v.string()),
  /** Names it in the ignore list: the beginning of a hash of the key, the same on every machine. */
  content: v.string(),
  /** At most 12 characters of it. */
  preview: v.string(),
};
const foundKeySchema = v.object(foundKeyEntries);
/** What is known of a key that was found; never its value. */
export type FoundKey = v.InferOutput<typeof foundKeySchema>;

export const sightingSchema = v.object({
  ...foundKeyEntries,
  object: v.string(),
  type: v.picklist(['blob', 'tree', 'commit', 'tag']),
  encoding: v.picklist(encodings),
  line: v.optional(v.number()),
  /** In a tree: the name that the key is in, masked. */
  name: v.optional(v.string()),
});
/** A key in an object. */
export type Sighting = v.InferOutput<typeof sightingSchema>;

export const locatedSchema = v.object({
  ...foundKeyEntries,
  where: v.picklist(wheres),
  encoding: v.picklist(encodings),
  /** The id of the git object it is in. */
  object: v.optional(v.string()),
  /** From the root of the repository, or absolute outside one; a key in it is masked. */
  path: v.optional(v.string()),
  /** The git directory of the submodule or nested repository, where it isn't the one that was asked about. */
  repository: v.optional(v.string()),
  line: v.optional(v.number()),
  /** The commits that brought it, newest first. */
  commits: v.optional(v.array(v.string())),
  /** The first of them. `at`: ISO 8601. */
  introduced: v.optional(v.object({ commit: v.string(), author: v.string(), at: v.string() })),
  /** False where no ref, stash or HEAD leads to it. */
  reachable: v.boolean(),
});
/** A key, and where it lies. */
export type Located = v.InferOutput<typeof locatedSchema>;

/** A key that lies where it should not, with all that is known of it. */
export interface Finding extends Omit<Located, 'fingerprint'> {
  readonly kind: 'own-key' | 'pattern';
  readonly profile?: string;
  readonly role?: string;
  /** ISO 8601: another key took its place then. */
  readonly retiredAt?: string;
  /** It is known to be revoked. */
  readonly gone?: true;
  /** Whether Cast AI still takes it; only where it was asked. */
  readonly live?: 'works' | 'dead' | 'unknown';
  /** The next command, or act. */
  readonly next: string;
}

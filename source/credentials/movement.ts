import type { FoundKey } from './owner-keys.ts';

/** What was seen between two looks at a list of keys. */
export interface Window {
  /** Whether the key in hand was used in it. */
  readonly isUsed: boolean;
  /** The ids of the keys whose time of last use went forward in it. */
  readonly moved: ReadonlySet<string>;
}

/** The keys that were used whenever ours was, and never when it wasn't: ours is among them, if it is listed at all. */
export function movingWithUs(windows: readonly Window[]): readonly string[] {
  const used = windows.filter(({ isUsed }) => isUsed);
  const [first] = used;
  if (!first) return [];
  return [...first.moved].filter(
    id =>
      used.every(({ moved }) => moved.has(id)) &&
      !windows.some(({ isUsed, moved }) => !isUsed && moved.has(id)),
  );
}

/** Follows the times of last use over one look after the other. */
export class Movements {
  readonly #latest = new Map<string, string>();

  /** Takes in a list; the ids of the keys that were used since the look before, and whether the list has grown. */
  look(keys: readonly FoundKey[]): { readonly moved: ReadonlySet<string>; readonly hasGrown: boolean } {
    const moved = new Set<string>();
    let hasGrown = false;
    for (const { id, lastUsedAt = '' } of keys) {
      const before = this.#latest.get(id);
      hasGrown ||= before === undefined;
      // Lists come from several servers: one that is behind says an earlier time again, and that is no movement.
      if (before !== undefined && lastUsedAt > before) moved.add(id);
      if (before === undefined || lastUsedAt > before) this.#latest.set(id, lastUsedAt);
    }
    return { moved, hasGrown };
  }
}

import { asCastkeysError, CastkeysError } from '../errors.ts';
import type { Install } from '../install/install.ts';
import { openSealing } from './anchor.ts';
import type { Act, Entered, Entry, Metadata } from './entry.ts';
import { actionShape, genesisOf } from './line.ts';
import { Writer } from './writer.ts';

const writers = new WeakMap<Install, Promise<Writer>>();

/**
 * Enters one action; it is on disk when this resolves. Where the keychain can't be had without asking a person, the
 * entry is chained all the same, and sealed by the next one that has the keychain.
 *
 * For what can't be undone use {@link enterAround}; for the rest, enter it once it is done.
 * @throws CastkeysError `home-busy`, `home-unwritable`.
 */
export function enter(install: Install, act: Act): Promise<Entry> {
  return enterAs(install, act);
}

/** The same for a program's own actions and users. @throws CastkeysError `usage` for an action that is no word. */
export async function enterAs(install: Install, entered: Entered): Promise<Entry> {
  if (!actionShape.test(entered.action)) {
    throw new CastkeysError(
      'usage',
      'An action is a word of at most 100 letters, digits and ._:- that begins with a letter. Nothing was entered.',
      "auditLog({ action: 'cluster.hibernated', … })",
    );
  }
  const opened = writers.get(install) ?? openWriter(install);
  writers.set(install, opened);
  return (await opened).append(entered);
}

async function openWriter(install: Install): Promise<Writer> {
  // The chain begins with the install's id, so that has to be on disk first.
  const { installId } = install.config() ?? (await install.update(empty => empty));
  return new Writer({
    home: install.home,
    genesis: genesisOf(installId),
    clock: install.clock,
    sealing: () => openSealing(install),
  });
}

/**
 * Does what can't be undone, entered before it happens as `pending`, and again with what came of it. Where the first
 * entry can't be made, nothing is done. A second one that can't be made changes nothing: the intent stands alone then.
 */
export async function enterAround<T>(
  install: Install,
  act: Omit<Act, 'result'>,
  work: () => Promise<T>,
  outcome: (value: T) => Metadata = () => ({}),
): Promise<T> {
  const { seq } = await enter(install, { ...act, result: 'pending' });
  const after = (result: 'success' | 'failure', more: Metadata) =>
    enter(install, { ...act, result, metadata: { ...act.metadata, ...more, intent: seq } }).catch(() => {});
  try {
    const value = await work();
    await after('success', outcome(value));
    return value;
  } catch (thrown) {
    await after('failure', { error: asCastkeysError(thrown).code });
    throw thrown;
  }
}

/**
 * Does what can be undone, and enters it. What fails is entered as well; where a success can't be entered, `undo` takes
 * it back, so that nothing happens that the log doesn't know.
 */
export async function enterDone<T>(
  install: Install,
  act: Omit<Act, 'result'>,
  { work, undo }: { readonly work: () => Promise<T>; readonly undo?: (value: T) => Promise<void> },
): Promise<T> {
  const value = await work().catch(async thrown => {
    const metadata = { ...act.metadata, error: asCastkeysError(thrown).code };
    await enter(install, { ...act, result: 'failure', metadata }).catch(() => {});
    throw thrown;
  });
  try {
    await enter(install, { ...act, result: 'success' });
  } catch (thrown) {
    await undo?.(value);
    throw thrown;
  }
  return value;
}

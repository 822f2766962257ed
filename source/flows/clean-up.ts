/** Taking keys out of the files they lie in, once they are safely in the keychain. */
import { enter, type Metadata } from '../audit/audit.ts';
import { ask, type Flow, note, type StepContext, select, step, type Tone } from '../flow/flow.ts';
import type { Install } from '../install/install.ts';
import {
  type CleanedFile,
  cleanFile,
  findPlaintext,
  inHistory,
  type KeptKey,
  keptAmong,
  type PlaintextKey,
  restoreFile,
  type Surroundings,
} from '../plaintext/plaintext.ts';
import { printable } from '../printable.ts';
import { placeWords } from './place-words.ts';

export const cleanUpQuestions = ['clean-up'] as const;

export interface PlaceToClean {
  readonly install: Install;
  readonly surroundings: Surroundings;
}

/** What came of it: how many values were taken out, and how many were left. */
export interface CleanedUp {
  readonly cleaned: number;
  readonly left: number;
}

interface Looked {
  readonly kept: readonly KeptKey[];
  readonly others: readonly PlaintextKey[];
}

export function* cleanUp(place: PlaceToClean): Flow<CleanedUp> {
  const { kept, others } = yield* step(look(place));
  const files = filesOf(kept);
  if (files.size === 0) return yield* nothingToClean(place, kept, others);
  for (const { key, words } of kept) yield* note(`${placeWords(key, place.surroundings)} is ${words}`);
  const how = yield* ask(howQuestion(files));
  if (how === 'leave') {
    yield* note('The files were left as they are.', 'warning');
    return { cleaned: 0, left: kept.length + others.length };
  }
  for (const [path, keys] of files) yield* step(clean(place, path, keys, how));
  for (const [path] of files) yield* sayIfInHistory(place, path);
  yield* sayWhatElse(place, kept, others);
  const cleaned = [...files.values()].flat().length;
  return { cleaned, left: kept.length + others.length - cleaned };
}

const look = ({ install, surroundings }: PlaceToClean) => ({
  id: 'clean-up.look',
  title: 'Look for keys in plaintext that the keychain has',
  readOnly: true,
  run: async (): Promise<Looked> => {
    const { keys } = findPlaintext(surroundings);
    const kept = await keptAmong(install, keys);
    return { kept, others: keys.filter(key => !kept.some(one => one.key === key)) };
  },
  summary: ({ kept, others }: Looked) =>
    kept.length + others.length === 0
      ? 'none lies about'
      : `${kept.length} of ${kept.length + others.length} can be taken out`,
});

type Files = ReadonlyMap<string, readonly KeptKey[]>;

function filesOf(kept: readonly KeptKey[]): Files {
  return Map.groupBy(
    kept.filter(({ key }) => key.place === 'file'),
    ({ key }) => (key.place === 'file' ? key.file.path : ''),
  );
}

const takesReference = ({ key, reference }: KeptKey): boolean =>
  reference !== undefined && key.place === 'file' && key.file.takesReferences;

const howQuestion = (files: Files) => {
  const keys = [...files.values()].flat();
  const names = [...files.keys()].map(path => printable(path.split('/').at(-1) ?? path, 40)).join(', ');
  const canRefer = keys.some(takesReference);
  return select({
    id: 'clean-up',
    message: `${keys.length === 1 ? 'That one' : `These ${keys.length}`} can go from ${names} now. How?`,
    help: 'The keychain has what is listed: it was read back just now. Every other byte stays as it is.',
    choices: [
      ...(canRefer
        ? [
            {
              value: 'reference',
              title: 'Put castkeys:// in their place',
              hint: 'castkeys run --env-file reads it; elsewhere the line goes',
            } as const,
          ]
        : []),
      { value: 'remove', title: 'Take the lines out', hint: 'castkeys run sets the variables' } as const,
      { value: 'leave', title: 'Leave the files alone', hint: 'the checklist goes on saying so' } as const,
    ],
    fallback: canRefer ? ('reference' as const) : ('remove' as const),
    // Files are changed only where somebody says so.
    unattended: 'leave' as const,
  });
};

const clean = (
  { install, surroundings }: PlaceToClean,
  path: string,
  keys: readonly KeptKey[],
  how: 'reference' | 'remove',
) => ({
  id: 'clean-up.file',
  title: `Clean ${placeWords(path, surroundings)}`,
  touches: ['plaintext'],
  run: async () => {
    const cleaned = await cleanFile(
      path,
      keys.flatMap(kept => {
        const { key, reference } = kept;
        if (key.place !== 'file') return [];
        return [{ key, ...(how === 'reference' && takesReference(kept) && reference ? { reference } : {}) }];
      }),
    );
    await enterCleaned(install, path, { how, values: keys.length });
    return cleaned;
  },
  undo: async (cleaned: CleanedFile) => {
    await restoreFile(cleaned);
    await enterCleaned(install, path, { how: 'restored', values: keys.length });
  },
  summary: () => `${keys.length === 1 ? 'one value' : `${keys.length} values`} out, the rest untouched`,
});

async function enterCleaned(install: Install, path: string, metadata: Metadata): Promise<void> {
  await enter(install, { action: 'plaintext.cleaned', resource: `file:${path}`, metadata });
}

function* sayIfInHistory({ surroundings }: PlaceToClean, path: string): Flow<void> {
  const known = yield* step({
    id: 'clean-up.history',
    title: 'Ask git about the file',
    readOnly: true,
    isQuiet: true,
    run: ({ signal }: StepContext) => inHistory(path, surroundings.env, signal),
  });
  if (!known) return;
  yield* note(
    `git has earlier versions of ${placeWords(path, surroundings)}, with the key in them. Only another key makes that one worthless: castkeys rotate --emergency.`,
    'warning',
  );
}

function* nothingToClean(
  place: PlaceToClean,
  kept: readonly KeptKey[],
  others: readonly PlaintextKey[],
): Flow<CleanedUp> {
  yield* sayWhatElse(place, kept, others);
  return { cleaned: 0, left: kept.length + others.length };
}

/** What no file can be rid of: variables of the shell this runs in, and keys that are nowhere else. */
function* sayWhatElse(
  { surroundings }: PlaceToClean,
  kept: readonly KeptKey[],
  others: readonly PlaintextKey[],
): Flow<void> {
  const variables = [...kept.map(({ key }) => key), ...others].filter(key => key.place === 'variable');
  const names = [...new Set(variables.map(({ name }) => name))];
  if (names.length > 0) yield* note(`Still in this shell's environment: unset ${names.join(' ')}`, 'warning');
  for (const key of others.filter(({ place }) => place === 'file'))
    yield* note(
      `${placeWords(key, surroundings)} is no key of a profile, and was left: castkeys setup takes it in.`,
      'warning' satisfies Tone,
    );
}

import { ask, confirm, type Flow, type StepContext, step } from '../../flow/flow.ts';
import { addIgnores, missingIgnores, removeIgnores } from '../../plaintext/plaintext.ts';
import type { World } from './world.ts';

/** Offers the lines that a repository's `.gitignore` lacks. */
export function* offerIgnores({ surroundings }: World, repository: string | undefined): Flow<void> {
  if (repository === undefined) return;
  const missing = yield* step({
    id: 'gitignore.look',
    title: 'Ask git what it ignores',
    readOnly: true,
    isQuiet: true,
    run: async ({ signal }: StepContext) => {
      const found = await missingIgnores({ cwd: repository, env: surroundings.env, signal });
      return 'patterns' in found ? found.patterns : [];
    },
  });
  if (missing.length === 0) return;
  const isWanted = yield* ask(
    confirm({
      id: 'gitignore',
      message: `git would take ${missing.join(', ')} into a commit. Add the lines to .gitignore?`,
      help: 'Where no key lies any more, one may again tomorrow.',
      fallback: true,
      unattended: false,
    }),
  );
  if (!isWanted) return;
  yield* step({
    id: 'gitignore.add',
    title: 'Add the lines to .gitignore',
    touches: ['gitignore'],
    run: () => addIgnores(repository, missing),
    undo: (before: string | undefined) => removeIgnores(repository, before),
    summary: () => missing.join(', '),
  });
}

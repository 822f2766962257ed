/** Random wizards, as data. */
import fc from 'fast-check';
import type { Question } from '../../../source/flow/flow.ts';

/** A piece of a wizard. What hangs on an answer comes after it. */
export type Part =
  | { readonly type: 'ask'; readonly kind: Question['kind']; readonly right: readonly Part[] }
  | { readonly type: 'look' | 'change' | 'note' | 'badge' | 'keep' | 'fail' | 'interrupt' }
  /** Fails after a "right"; the wizard catches it and goes another way. */
  | { readonly type: 'risk'; readonly readOnly: boolean; readonly instead: readonly Part[] }
  /** Asks until it isn't "right". */
  | { readonly type: 'insist'; readonly kind: Question['kind'] };

const kind = fc.constantFrom<Question['kind']>('text', 'secret', 'select', 'multiselect', 'confirm');

const { parts } = fc.letrec<{ parts: readonly Part[]; part: Part }>(tie => ({
  parts: fc.array(tie('part'), { maxLength: 8, size: 'max', depthIdentifier: 'story' }),
  part: fc.oneof(
    { depthIdentifier: 'story', maxDepth: 3 },
    { weight: 6, arbitrary: fc.record({ type: fc.constantFrom('look', 'change', 'note', 'badge') }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('keep') }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('fail', 'interrupt') }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('insist'), kind }) },
    { weight: 6, arbitrary: fc.record({ type: fc.constant('ask'), kind, right: tie('parts') }) },
    {
      weight: 3,
      arbitrary: fc.record({ type: fc.constant('risk'), readOnly: fc.boolean(), instead: tie('parts') }),
    },
  ),
}));

const endings: readonly (readonly Part[])[] = [[], [], [{ type: 'fail' }], [{ type: 'interrupt' }]];

export const randomStory: fc.Arbitrary<readonly Part[]> = fc
  .tuple(parts, fc.constantFrom(...endings))
  .map(([story, ending]) => [...story, ...ending]);

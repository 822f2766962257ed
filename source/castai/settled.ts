import { CastaiError } from './castai-error.ts';

/** What a call came to, for those to whom its failure is an answer. Cancelling is none: it is thrown on, as is a bug. */
export async function settled<T>(
  call: Promise<T>,
): Promise<{ readonly value: T } | { readonly error: CastaiError }> {
  try {
    return { value: await call };
  } catch (thrown) {
    if (thrown instanceof CastaiError && thrown.kind !== 'cancelled') return { error: thrown };
    throw thrown;
  }
}

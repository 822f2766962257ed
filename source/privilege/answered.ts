import { CastaiError } from '../castai/castai.ts';

/** What a call came to; undefined where Cast AI refuses it or can't be asked. Cancelling is thrown on, as is a bug. */
export async function answered<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (thrown) {
    if (thrown instanceof CastaiError && thrown.kind !== 'cancelled') return undefined;
    throw thrown;
  }
}

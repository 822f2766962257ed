import type { Secret } from '../../../source/keychain/secret.ts';

/** Uses a key over and over, as a program somewhere else would; until it is disposed of. */
export function busyWith(origin: string, secret: Secret, everyMs = 5): AsyncDisposable {
  let isOver = false;
  const work = (async () => {
    while (!isOver) {
      await fetch(`${origin}/v1/me`, { headers: { 'X-API-Key': secret.reveal() } });
      await new Promise(resolve => setTimeout(resolve, everyMs));
    }
  })();
  return {
    [Symbol.asyncDispose]: async () => {
      isOver = true;
      await work;
    },
  };
}

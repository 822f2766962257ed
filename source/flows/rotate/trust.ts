/** Consumers run programs that came with a repository: what they are is shown, and agreed to, once per content of the file. */

import { declaredFor } from '../../consumers/consumers.ts';
import { CastkeysError } from '../../errors.ts';
import { type Flow, step } from '../../flow/flow.ts';
import type { Pin } from '../../profiles/profiles.ts';
import { agreeToPin } from '../agree-to-repository.ts';
import type { RotationAsked } from './asked.ts';

/** @throws CastkeysError `cancelled` where the person doesn't agree: a consumer that is passed over would be cut off. */
export function* agreeToConsumers(asked: RotationAsked): Flow<void> {
  for (const pin of yield* step(lookForUntrusted(asked))) {
    const agreed = yield* agreeToPin(asked.install, pin);
    if (!agreed) throw notAgreed(pin);
  }
}

const lookForUntrusted = ({ install, place, cwd }: RotationAsked) => ({
  id: 'rotate.look-for-consumers',
  title: 'Look for declared consumers',
  readOnly: true,
  isQuiet: true,
  run: () => (place.kind === 'slot' ? declaredFor(install.home, cwd, place).untrusted : []),
});

function notAgreed({ path }: Pin): CastkeysError {
  return new CastkeysError(
    'cancelled',
    `${path} declares consumers of this key, and they were not agreed to. Without them the rotation would cut them off. Nothing was changed.`,
    'look at the file; agree to it, or take the consumers out',
  );
}

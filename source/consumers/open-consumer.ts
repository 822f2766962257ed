import { dirname } from 'node:path';
import { commandConsumer } from './command-consumer.ts';
import type { Consumer } from './consumers.ts';
import type { Declared } from './declarations.ts';

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly profile: string;
  /** The API address that the key is for. */
  readonly origin: string;
  readonly signal?: AbortSignal;
}

/** Makes a consumer of what was declared. Nothing is run yet. */
export function openConsumer({ declaration, pin }: Declared, surroundings: Surroundings): Consumer {
  return commandConsumer(declaration, { ...surroundings, directory: dirname(pin.path), file: pin.path });
}

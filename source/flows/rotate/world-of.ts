import { openWorld, type World } from '../../rotation/rotation.ts';
import { apiOf } from './api-of.ts';
import type { RotationAsked } from './asked.ts';

/** The world that a step of the story acts in. `failures`: the deliveries that failed since the story began. */
export function worldOf(asked: RotationAsked, failures: Map<string, string>, signal?: AbortSignal): World {
  const { install, place } = asked;
  return openWorld({
    install,
    place,
    at: apiOf(asked),
    consumers: asked.openConsumers(asked.cwd),
    failures,
    ...(signal ? { signal } : {}),
  });
}

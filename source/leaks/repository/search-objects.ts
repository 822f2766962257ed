import type { GitPlace } from '../../git/git.ts';
import type { Sighting } from '../finding.ts';
import type { Recogniser } from '../known-keys.ts';
import type { ObjectSink, ReadObject } from '../objects/batch-reader.ts';
import { IdSet } from '../objects/id-set.ts';
import { readObjects } from '../objects/read-objects.ts';

/** What is told while objects are looked through: keys as what may be said of them. */
export interface SightingSink {
  readonly onObject: (object: ReadObject) => void;
  readonly onSighting: (sighting: Sighting) => void;
  readonly onMissing: (id: string) => void;
}

/** Recognises what is found in objects, and forgets the values. */
export function recognising(recogniser: Recogniser, sink: SightingSink): ObjectSink {
  return {
    ...sink,
    onSighting: ({ id, type }, { value, at: _, name, ...sighting }) =>
      sink.onSighting({
        ...recogniser.recognise(value),
        ...sighting,
        object: id,
        type,
        ...(name === undefined ? {} : { name: recogniser.mask(name) }),
      }),
  };
}

/** Looks through these objects and no others. */
export async function searchObjects(
  place: GitPlace,
  ids: readonly string[],
  recogniser: Recogniser,
  onObject: (object: ReadObject) => void,
): Promise<readonly Sighting[]> {
  const sightings: Sighting[] = [];
  await readObjects([...new Set(ids)], {
    place,
    search: recogniser.search,
    known: new IdSet(),
    sink: recognising(recogniser, {
      onObject,
      onSighting: sighting => sightings.push(sighting),
      onMissing: () => {},
    }),
  });
  return sightings;
}

import { CastkeysError, exitCode } from '../../errors.ts';
import { type Config, findProfile } from '../../profiles/profiles.ts';
import { type Due, dueNow, placeWords, unfinished } from '../../rotation/rotation.ts';
import type { Call } from '../command.ts';
import type { Session } from '../session.ts';
import { durationsOf, withPolicy } from './options.ts';
import { type RotateOne, rotateOne } from './rotate-one.ts';

/** Rotates whatever is due, one after the other, stopping at the first failure. One that has to wait is no failure. */
export async function rotateDue(call: Call, session: Session): Promise<number | undefined> {
  const { install } = session;
  const config = install.config();
  if (!config) throw new CastkeysError('profile-missing', 'There is no profile yet.', 'castkeys setup');
  const due = dueNow(config, unfinished(install.home), call.clock());
  say(call, headline(due));
  let unfinishedOnes = 0;
  for (const [index, { place, why }] of due.entries()) {
    if (place.kind === 'admin' && unfinishedOnes > 0) {
      say(call, `The admin credential waits: ${unfinishedOnes} unfinished rotations still take it.`);
      break;
    }
    say(call, `${index + 1} of ${due.length}: ${placeWords(place)}, ${whyWords[why]}`);
    const code = await rotateOne(call, session, {
      place,
      chosen: profileFor(call, config, place),
      mode: 'rotate',
      ...durationsOf(call),
    });
    if (code === exitCode.unfinished) unfinishedOnes += 1;
    if (call.signal.aborted) return exitCode.unfinished;
  }
  return unfinishedOnes > 0 ? exitCode.unfinished : undefined;
}

const whyWords = {
  unfinished: 'unfinished',
  age: 'older than its policy allows',
  expiry: 'about to expire',
} as const;

const headline = (due: readonly Due[]): string =>
  due.length === 0
    ? 'No key is due, and no rotation is unfinished.'
    : `${due.length} due: ${due.map(({ place }) => placeWords(place)).join(', ')}.`;

function say({ streams, flags }: Call, words: string): void {
  if (!flags.has('json')) streams.stderr.write(`${words}\n`);
}

/** An admin credential is looked after through any profile of its organization. */
function profileFor(call: Call, config: Config, place: RotateOne['place']): RotateOne['chosen'] {
  const name =
    place.kind === 'slot'
      ? place.profile
      : (Object.entries(config.profiles).find(
          ([, { origin, organization }]) =>
            origin === place.origin && organization?.id === place.organizationId,
        )?.[0] ?? '');
  return withPolicy(call, { name, profile: findProfile(config, name), chosenBy: 'flag' });
}

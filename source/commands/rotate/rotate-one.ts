import { type Consumer, declaredFor, openConsumer } from '../../consumers/consumers.ts';
import type { Place } from '../../credentials/credentials.ts';
import { exitCode } from '../../errors.ts';
import { type Rotated, rotate, rotateQuestions } from '../../flows/rotate/rotate.ts';
import type { ChosenProfile } from '../../profiles/profiles.ts';
import {
  type HeldPlace,
  placeWords,
  type RotationReport,
  readJournal,
  reportOf,
  unfinishedAt,
} from '../../rotation/rotation.ts';
import type { Call } from '../command.ts';
import { asLine, measureProfile } from '../measure.ts';
import { type FlowToPlay, playFlow } from '../play-flow.ts';
import type { Session } from '../session.ts';
import { resultWords } from './result-words.ts';

export interface RotateOne {
  readonly place: Place;
  readonly chosen: ChosenProfile;
  readonly mode: 'rotate' | 'plan' | 'resume' | 'rollback' | 'emergency';
  readonly drain?: number;
  readonly keepDisabled?: number;
}

/** Rotates the key of one place; comes to the exit code. */
export async function rotateOne(
  call: Call,
  session: Session,
  wanted: RotateOne,
): Promise<number | undefined> {
  const { install } = session;
  const { place, chosen, mode } = wanted;
  const { flags } = call;
  const held: HeldPlace[] = [];
  let report: RotationReport | undefined;
  let plan: readonly string[] = [];
  const flow: FlowToPlay<Rotated> = {
    name: 'rotate',
    title: titles[mode],
    questions: rotateQuestions,
    isAnswered: mode === 'plan' || (!isWatched(call) && (flags.has('yes') || goesOn(mode))),
    isAgreedTo: flags.has('yes') && flags.text('answers') === undefined,
    tell: () => report && { rotation: report, ...(mode === 'plan' ? { plan } : {}) },
    afterChange: async (_, touched) => {
      await measureTouched(call, session, chosen.name, touched, show);
    },
    onOpen: to => {
      show = to;
    },
    story: () =>
      rotate({
        install,
        place,
        profileName: chosen.name,
        profile: chosen.profile,
        mode,
        way: flags.has('manual') || unfinishedAt(install.home, place)?.way === 'manual' ? 'manual' : 'api',
        toPolicy: flags.has('to-policy'),
        cwd: call.cwd,
        openConsumers: cwd => consumersOf(call, wanted, cwd),
        reach: () => session.reach(chosen.profile),
        onReport: told => {
          report = told;
        },
        onPlan: lines => {
          plan = lines;
        },
        onHold: taken => held.push(taken),
        ...(wanted.drain === undefined ? {} : { drain: wanted.drain }),
        ...(wanted.keepDisabled === undefined ? {} : { keepDisabled: wanted.keepDisabled }),
      }),
  };
  let show: Parameters<NonNullable<FlowToPlay<Rotated>['onOpen']>>[0] = () => {};
  try {
    const { ending } = await playFlow(call, flow);
    if (!flags.has('json')) call.streams.stdout.write(resultWords(mode, report, plan, ending));
    return ending === 'unfinished' ? exitCode.unfinished : undefined;
  } catch (thrown) {
    const unfinished = unfinishedAt(install.home, place);
    if (!call.signal.aborted || !unfinished) throw thrown;
    const stands = reportOf(readJournal(install.home, unfinished.id), install.config());
    sayInterrupted(call, place, stands);
    return exitCode.unfinished;
  } finally {
    await Promise.all(held.map(one => one.release()));
  }
}

/** Asks nothing that has no usual answer. */
const goesOn = (mode: RotateOne['mode']): boolean => mode === 'resume' || mode === 'rollback';

const titles = {
  rotate: 'Rotate a key',
  plan: 'What a rotation would do',
  resume: 'Go on with a rotation',
  rollback: 'Roll a rotation back',
  emergency: 'EMERGENCY: a leaked key',
} as const;

/** Somebody at a terminal sees it happen, even where nothing is left to ask. */
const isWatched = ({ streams, flags }: Call): boolean =>
  Boolean(streams.stdin.isTTY && streams.stderr.isTTY) &&
  !flags.has('json') &&
  flags.text('answers') === undefined;

function consumersOf(
  { env, home, signal }: Call,
  { place, chosen }: RotateOne,
  cwd: string,
): readonly Consumer[] {
  if (place.kind === 'admin') return [];
  const { consumers } = declaredFor(home, cwd, place);
  return consumers.map(declared =>
    openConsumer(declared, { env, profile: chosen.name, origin: chosen.profile.origin, signal }),
  );
}

async function measureTouched(
  call: Call,
  session: Session,
  name: string,
  touched: readonly string[],
  show: (event: { readonly type: 'check'; readonly check: ReturnType<typeof asLine> }) => void,
): Promise<void> {
  const config = session.install.config();
  const profile = config?.profiles[name];
  if (!config || !profile) return;
  await measureProfile(call, session, {
    chosen: { name, profile, chosenBy: 'flag' },
    config,
    only: touched,
    onResult: result => show({ type: 'check', check: asLine(result) }),
  });
}

/** What Ctrl+C left: not taken back, because nothing has to be. */
function sayInterrupted({ streams, flags }: Call, place: Place, report: RotationReport): void {
  const message = `Interrupted. The rotation of ${placeWords(place)} is unfinished (${report.phase}); no key is lost, and nothing was revoked by ending it.`;
  const next = 'castkeys rotate --resume goes on; castkeys rotate --rollback takes it back';
  if (flags.has('json'))
    streams.stdout.write(`${JSON.stringify({ error: { code: 'rotation-unfinished', message, next } })}\n`);
  else streams.stderr.write(`castkeys: ${message}\n  next: ${next}\n`);
}

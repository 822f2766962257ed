import type { CheckLine, FlowEvent } from '../flow/flow.ts';
import { onboard, onboardQuestions } from '../flows/onboard/onboard.ts';
import { findProfile, type Profile, recommendedPolicy } from '../profiles/profiles.ts';
import type { Call, Command } from './command.ts';
import { asLine, measureProfile, unmeasured } from './measure.ts';
import { type FlowToPlay, playFlow } from './play-flow.ts';
import { type Session, withSession } from './session.ts';
import { checklistWords, nextCommands } from './status-words.ts';
import { surroundingsOf } from './surroundings.ts';

export const command: Command = {
  usage: ['setup [--profile NAME]'],
  summary: 'The onboarding wizard: a pasted key ends verified in the keychain',
  about: 'Started again, it looks at what is already true and asks only for the rest.',
  examples: ['castkeys setup', 'castkeys setup --answers answers.json --json'],
  run: call => withSession(call, session => setUp(call, session)),
};

/** Plays the onboarding and says how the checklist stands; `open` takes the place of the front end that suits the call. */
export async function setUp(
  call: Call,
  session: Session,
  open?: FlowToPlay<unknown>['open'],
): Promise<undefined> {
  const { install } = session;
  let show: (event: FlowEvent) => void = () => {};
  const measure = async (name: string, only?: readonly string[]): Promise<readonly CheckLine[]> => {
    const config = install.config();
    if (!config) return [];
    const report = await measureProfile(call, session, {
      chosen: { name, profile: findProfile(config, name), chosenBy: 'flag' },
      config,
      ...(only ? { only } : {}),
      onResult: result => show({ type: 'check', check: asLine(result) }),
    });
    return report.checks.map(asLine);
  };
  const named = call.flags.text('profile');
  const { profiles } = await playFlow(call, {
    name: 'onboard',
    title: 'Set up castkeys',
    questions: onboardQuestions,
    ...(open ? { open } : {}),
    story: () =>
      onboard({
        install,
        surroundings: surroundingsOf(call),
        startPractice: session.practise,
        measure,
        ...(named === undefined ? {} : { profile: named }),
      }),
    onOpen: stream => {
      show = stream;
      for (const check of unmeasured) show({ type: 'check', check });
      void measureEarly(call, session, show);
    },
    onProfile: () => {
      for (const check of unmeasured) if (!early.includes(check.id)) show({ type: 'check', check });
    },
    afterChange: async (name, touched) => {
      await measure(name, touched);
    },
  });
  if (!call.flags.has('json')) {
    const { stderr } = call.streams;
    const lists = profiles.map(({ name, checks }) => checklistWords(name, checks, stderr));
    stderr.write(`\n${lists.join('\n')}\n${nextCommands(profiles[0]?.name ?? '')}`);
  }
  return undefined;
}

/** Measured before there is a profile, and the same for each. */
const early: readonly string[] = ['plaintext', 'gitignore'];

/** What can be measured before there is a profile, so that the list is alive from the start. */
async function measureEarly(call: Call, session: Session, show: (event: FlowEvent) => void): Promise<void> {
  const profile: Profile = {
    environment: 'other',
    region: 'us',
    origin: '',
    authorization: 'x-api-key',
    policy: recommendedPolicy('other'),
    slots: {},
  };
  const config = { version: 1, installId: '', profiles: {}, credentials: {}, admins: {} } as const;
  await measureProfile(call, session, {
    chosen: { name: '', profile, chosenBy: 'flag' },
    config,
    only: early,
    onResult: result => show({ type: 'check', check: asLine(result) }),
  });
}

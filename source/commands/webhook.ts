import { standingOf, webhooks, webhooksQuestions } from '../flows/webhooks/webhooks.ts';
import { webhookOf } from '../webhooks/webhooks.ts';
import { type Call, type Command, Flags } from './command.ts';
import { playFlow } from './play-flow.ts';
import { profileOf } from './role-option.ts';
import { isAttended, type Session, withSession } from './session.ts';

export const command: Command = {
  usage: ['webhook'],
  summary: 'How the webhooks of a profile stand, and everything to do about them',
  about: [
    'On a terminal: one screen for the secret, its rotation, the probe, the relay and signatures. Without one: how it stands.',
    'castkeys webhook secret, sign, verify, probe and relay do each of it alone.',
  ].join('\n'),
  examples: ['castkeys webhook', 'castkeys webhook --json'],
  run: call => withSession(call, session => show(call, session)),
};

async function show(call: Call, session: Session): Promise<number | undefined> {
  const { install } = session;
  const { flags, streams } = call;
  const { name, profile } = profileOf(call, install.config());
  if (!isAttended(call) && flags.text('answers') === undefined) {
    const settings = webhookOf(install.config(), name);
    const { secrets = {}, ...known } = settings ?? {};
    streams.stdout.write(
      flags.has('json')
        ? `${JSON.stringify({ profile: name, ...known, kept: Object.keys(secrets).length })}\n`
        : standingOf(settings)
            .map(({ words }) => `${words}\n`)
            .join(''),
    );
    return undefined;
  }
  const afterwards = await playFlow(call, {
    name: 'webhooks',
    title: `The webhooks of ${name}`,
    questions: webhooksQuestions,
    story: () =>
      webhooks({
        install,
        profileName: name,
        profile,
        overlapMs: 3_600_000,
        reach: () => session.reach(profile),
      }),
  });
  if (!afterwards) return undefined;
  const { command: relay } = await import('./webhook-relay.ts');
  return relay.run({ ...call, flags: new Flags({ profile: name, to: afterwards.relayTo }) });
}

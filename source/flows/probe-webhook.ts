/** Probing an endpoint: what is genuine must be taken, and what is forged must not. */
import { randomUUID } from 'node:crypto';
import { enter } from '../audit/audit.ts';
import { CastkeysError } from '../errors.ts';
import { ask, badge, confirm, type Flow, note, type StepContext, step } from '../flow/flow.ts';
import type { Install } from '../install/install.ts';
import type { Secret } from '../keychain/secret.ts';
import type { Profile } from '../profiles/profiles.ts';
import {
  type Answer,
  changeWebhook,
  isLoopbackUrl,
  type Judged,
  judge,
  makeWebhookSecret,
  notSent,
  type ProbeScheme,
  sendProbe,
  type Trial,
  tellsReasons,
  trialsFor,
  webhookResource,
} from '../webhooks/webhooks.ts';

export const probeQuestions = ['probe.host'] as const;

export interface ProbeWorld {
  readonly install: Install;
  readonly profileName: string;
  readonly profile: Profile;
  readonly url: URL;
  readonly scheme: ProbeScheme;
  readonly secret: () => Promise<Secret>;
  /** Of each request, in ms. */
  readonly timeoutMs: number;
  readonly hugeBytes: number;
  /** Not remembered where another secret than the profile's was used. */
  readonly isRemembered: boolean;
}

export interface ProbeReport {
  readonly isClean: boolean;
  readonly tellsReasons: boolean;
  readonly trials: readonly Judged[];
}

export function* probeWebhook(world: ProbeWorld): Flow<ProbeReport> {
  const { profileName, profile, url } = world;
  yield* badge({
    profile: profileName,
    environment: profile.environment,
    region: profile.region,
    practice: profile.region === 'practice',
  });
  if (!isLoopbackUrl(url) && !(yield* ask(hostQuestion(world)))) {
    throw new CastkeysError('cancelled', 'Nothing was sent.', `castkeys webhook probe ${url.origin} --yes`);
  }
  const trials = yield* step(prepare(world));
  const answers: Answer[] = [];
  const judged: Judged[] = [];
  for (const trial of trials) {
    if (trial.notCovered) {
      judged.push(notSent(trial));
      continue;
    }
    const answer = yield* sendOne(world, trial);
    if (trial.id === 'genuine' && answer.kind === 'unreachable') throw unreachable(url);
    answers.push(answer);
    judged.push(judge(trial, answer));
  }
  const report = {
    isClean: judged.every(({ isRight }) => isRight),
    tellsReasons: tellsReasons(answers),
    trials: judged,
  };
  if (world.isRemembered) yield* step(remember(world, report));
  yield* sayWhatIsWrong(report);
  return report;
}

const hostQuestion = ({ url, scheme }: ProbeWorld) =>
  confirm({
    id: 'probe.host',
    message: `Send genuine and forged webhooks to ${url.host}?`,
    help: `Only to an endpoint of your own. ${scheme.kind === 'token' ? 'The secret itself is in the genuine ones. ' : ''}What is behind it handles the genuine ones as a notification named "castkeys webhook probe".`,
    fallback: false,
  });

const prepare = (world: ProbeWorld) => ({
  id: 'probe.prepare',
  title: 'Read the webhook secret',
  readOnly: true,
  isQuiet: true,
  run: async () =>
    trialsFor({
      scheme: world.scheme,
      secret: (await world.secret()).reveal(),
      otherSecret: makeWebhookSecret().reveal(),
      now: world.install.clock().getTime(),
      newId: () => `probe-${randomUUID()}`,
      hugeBytes: world.hugeBytes,
    }),
});

/** An answer that should have been another: it is no failure of the probe, but is shown as one. */
class Otherwise extends Error {
  readonly answer: Answer;

  constructor(answer: Answer, message: string) {
    super(message);
    this.answer = answer;
  }
}

function* sendOne(world: ProbeWorld, trial: Trial): Flow<Answer> {
  try {
    return yield* step(attempt(world, trial));
  } catch (thrown) {
    if (thrown instanceof Otherwise) return thrown.answer;
    throw thrown;
  }
}

const attempt = ({ url, timeoutMs }: ProbeWorld, trial: Trial) => ({
  id: `probe.${trial.id}`,
  title: `Send ${trial.title}`,
  readOnly: true,
  run: async ({ signal }: StepContext) => {
    const answer = await sendProbe(url, trial.request, { timeoutMs, signal });
    const { got, what, isRight } = judge(trial, answer);
    if (isRight) return answer;
    throw new Otherwise(answer, `${got} (${what}), and should have been ${trial.expects}`);
  },
  summary: (answer: Answer) => {
    const { got, what } = judge(trial, answer);
    return `${got} (${what})`;
  },
});

const remember = ({ install, profileName, url }: ProbeWorld, { trials }: ProbeReport) => ({
  id: 'probe.remember',
  title: 'Remember what was found',
  isQuiet: true,
  touches: ['webhook'],
  run: async () => {
    const found = {
      host: url.host,
      wrong: trials.filter(({ isRight }) => !isRight).map(({ id }) => id),
      sent: trials.filter(({ got }) => got !== 'not-sent').length,
    };
    await changeWebhook(install, profileName, settings => ({
      ...settings,
      probe: { at: install.clock().toISOString(), ...found },
    }));
    const result = found.wrong.length === 0 ? 'success' : 'failure';
    await enter(install, {
      action: 'webhook.probed',
      resource: webhookResource(profileName),
      result,
      metadata: found,
    });
  },
});

function* sayWhatIsWrong({ isClean, tellsReasons: tells, trials }: ProbeReport): Flow<void> {
  for (const { isRight, title, got, meaning } of trials) {
    if (!isRight) yield* note(`${title}: ${got}; ${meaning}.`, 'danger');
  }
  if (tells)
    yield* note(
      'Refusals say why, which helps whoever forges: answer each the same, and log the reason.',
      'warning',
    );
  if (isClean) yield* note('Genuine webhooks are taken, and everything else is refused.', 'success');
}

function unreachable(url: URL): CastkeysError {
  return new CastkeysError(
    'endpoint-unreachable',
    `Nothing answers at ${url.host}. Nothing is concluded from that.`,
    'start the endpoint; then the same command again',
  );
}

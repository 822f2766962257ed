import { setTimeout as delay } from 'node:timers/promises';
import { CastkeysError, exitCode } from '../errors.ts';
import { colourLevel, withColour } from '../frontends/colour.ts';
import { exitCodeOfEnd } from '../interruption.ts';
import { troubleError } from '../keychain/keychain.ts';
import type { ChosenProfile, Config } from '../profiles/profiles.ts';
import type { Call, Command } from './command.ts';
import { asLine, measureProfile, type StatusReport } from './measure.ts';
import { profileOf, refuseOtherOrigin } from './role-option.ts';
import { isAttended, type Session, withSession } from './session.ts';
import { sessionFromVariables } from './session-from-variables.ts';
import { checklistWords, chosenByWords } from './status-words.ts';

/** Between two looks of `--watch`, in ms. */
const watchEvery = 2000;

export const command: Command = {
  usage: ['status [--all] [--watch] [--strict] [--offline]', 'status --report md|json [--all]'],
  summary: 'The checklist: every line a measurement',
  about: [
    'Exit 3 if a check fails; with --strict, if not every check holds. Where no profile is set up, the keys in CASTAI_READ_KEY,',
    'CASTAI_WRITE_KEY, CASTAI_API_KEY or CASTAI_API_TOKEN are measured, as in CI; what needs a keychain is then skipped.',
  ].join('\n'),
  options: {
    all: { type: 'boolean', help: 'every profile' },
    watch: { type: 'boolean', help: 'measure again and again, on the whole screen' },
    strict: { type: 'boolean', help: 'whatever does not hold counts as failed' },
    offline: { type: 'boolean', help: 'touch neither network nor keychain' },
    report: {
      type: 'string',
      value: 'md|json',
      help: 'a dated report for an auditor, with a MAC: evidence, ages, rotations, head of the log',
    },
  },
  examples: ['castkeys status --profile production', 'castkeys status --strict --json'],
  run: call =>
    withSession(call, session => (call.flags.has('watch') ? watch(call, session) : status(call, session))),
};

async function status(call: Call, own: Session): Promise<number> {
  const made = await sessionFromVariables(call, own);
  const session = made?.session ?? own;
  const { config, chosen } = made ?? chooseProfiles(call, session);
  if (!call.flags.has('offline') && !isAttended(call)) await refuseLockedKeychain(session);
  const reports: StatusReport[] = [];
  for (const one of chosen) reports.push(await measure(call, session, config, one, made !== undefined));
  const { stdout, stderr } = call.streams;
  const passedOver = new Set(reports.flatMap(({ policyPassedOver }) => policyPassedOver ?? []));
  for (const why of passedOver) stderr.write(`${why}\n`);
  const format = reportFormat(call);
  if (format !== undefined) {
    // Loaded here: few calls want one.
    const { makeReport } = await import('../report/report.ts');
    stdout.write(await makeReport({ install: session.install, config, profiles: reports, format }));
  } else if (call.flags.has('json')) {
    const document = call.flags.has('all') ? { profiles: reports } : reports[0];
    stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    stdout.write(
      reports.map(report => checklistWords(headingOf(report), report.checks.map(asLine), stdout)).join('\n'),
    );
  }
  return exitCodeOf(reports, call.flags.has('strict'));
}

function reportFormat({ flags }: Call): 'md' | 'json' | undefined {
  const format = flags.text('report');
  if (format === undefined || format === 'md' || format === 'json') return format;
  throw new CastkeysError('usage', 'There is no such format of a report.', '--report md|json');
}

/** Nobody is there to unlock it, so nothing that needs it would be worth measuring. */
async function refuseLockedKeychain({ install }: Session): Promise<void> {
  const keychain = await install.keychain();
  const probe = await keychain.probe();
  if (probe.state === 'locked') throw troubleError(probe);
}

function headingOf({ profile, chosenBy, environment, region, practice }: StatusReport): string {
  const where = practice ? 'PRACTICE, not Cast AI' : region;
  return `${profile} (${environment === 'production' ? 'PRODUCTION' : environment}, ${where}; by ${chosenByWords[chosenBy]})`;
}

function chooseProfiles(
  call: Call,
  session: Session,
): { readonly config: Config; readonly chosen: readonly ChosenProfile[] } {
  const config = session.install.config();
  const first = profileOf(call, config);
  if (!config) throw new CastkeysError('profile-missing', 'There is no profile yet.', 'castkeys setup');
  if (!call.flags.has('all')) return { config, chosen: [first] };
  const all = Object.entries(config.profiles).map(([name, profile]) => ({
    name,
    profile,
    chosenBy: 'flag' as const,
  }));
  for (const one of all) refuseOtherOrigin(call.env, one);
  return { config, chosen: all };
}

function measure(
  call: Call,
  session: Session,
  config: Config,
  chosen: ChosenProfile,
  keysFromVariables = false,
): Promise<StatusReport> {
  return measureProfile(call, session, {
    chosen,
    config,
    keysFromVariables,
    ...(call.flags.has('offline') ? { offline: true } : {}),
  });
}

function exitCodeOf(reports: readonly StatusReport[], strict: boolean): number {
  const isBad = (report: StatusReport) =>
    strict ? !report.ready : report.checks.some(({ state }) => state === 'fail');
  return reports.some(isBad) ? exitCode.badAnswer : exitCode.done;
}

/** The full screen, measured again and again until Ctrl+C; without a terminal, a line whenever something changes. */
async function watch(call: Call, session: Session): Promise<number> {
  const { streams, signal } = call;
  const { config, chosen } = chooseProfiles(call, session);
  const [first] = chosen;
  if (!first) return exitCode.done;
  const hasScreen = streams.stdin.isTTY && streams.stderr.isTTY;
  // A passphrase is asked for here, where there is a line to type it on.
  if (hasScreen && !call.flags.has('offline') && session.install.usesFile()) await session.install.keychain();
  const screen = hasScreen ? await openScreen(call) : undefined;
  try {
    for (let known = ''; !signal.aborted; ) {
      const current = session.install.config() ?? config;
      const again = { ...first, profile: current.profiles[first.name] ?? first.profile };
      const report = await measure(call, session, current, again);
      screen?.show({
        ...report,
        store: session.install.usesFile() ? 'encrypted file' : 'keychain',
        chosenBy: `chosen by ${chosenByWords[report.chosenBy]}`,
        checks: report.checks.map(asLine),
        next: ['castkeys run -- terraform plan', 'castkeys setup', 'castkeys use'],
      });
      const states = report.checks.map(({ id, state }) => `${id}=${state}`).join(' ');
      if (!screen && states !== known) streams.stdout.write(watchLine(call, report, states));
      known = states;
      await delay(watchEvery, undefined, { signal }).catch(() => {});
    }
  } finally {
    await screen?.close();
  }
  return exitCodeOfEnd(signal);
}

function watchLine({ flags }: Call, report: StatusReport, states: string): string {
  return flags.has('json')
    ? `${JSON.stringify(report)}\n`
    : `${report.measuredAt} ${report.profile} ${states}\n`;
}

async function openScreen({ env, streams, interrupt }: Call) {
  const level = colourLevel({ env, stream: streams.stderr });
  const { openWatch } = await withColour(level, () => import('../frontends/ink/ink.tsx'));
  return openWatch({ stdin: streams.stdin, stdout: streams.stderr, env, onCancel: interrupt });
}

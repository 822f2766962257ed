/** Switching the active profile, or pinning one in a directory. Production is asked once more. */

import { enter, enterDone, profileResource } from '../audit/audit.ts';
import { CastkeysError } from '../errors.ts';
import { ask, badge, type Choice, confirm, type Flow, select, step } from '../flow/flow.ts';
import type { Install } from '../install/install.ts';
import {
  type Config,
  days,
  findProfile,
  type KeyAge,
  keyAge,
  type Profile,
  roles,
  writePin,
} from '../profiles/profiles.ts';
import {
  agreeToRepository,
  enterAgreement,
  pinToAgreeTo,
  repositoryQuestions,
} from './agree-to-repository.ts';

export const switchQuestions = ['profile', 'production', ...repositoryQuestions] as const;

export interface SwitchWanted {
  readonly install: Install;
  readonly config: Config | undefined;
  /** Without a name there is a picker. */
  readonly name?: string;
  /** Pin it in this directory instead. */
  readonly pinIn?: string;
}

/** Comes to the name that was switched to. */
export function* switchProfile({ install, config, name, pinIn }: SwitchWanted): Flow<string> {
  const chosen = name ?? (yield* ask(picker(config, install.clock())));
  const profile = findProfile(config, chosen);
  yield* badge({
    profile: chosen,
    environment: profile.environment,
    region: profile.region,
    practice: profile.region === 'practice',
  });
  if (profile.environment === 'production' && !(yield* ask(productionQuestion(chosen)))) {
    throw new CastkeysError('cancelled', 'Nothing was switched.', `castkeys use ${chosen} --yes`);
  }
  if (pinIn === undefined) yield* step(activate(install, chosen));
  else {
    yield* agreeToRepository(install, pinIn);
    yield* step(pin(install, chosen, pinIn));
  }
  return chosen;
}

function picker(config: Config | undefined, now: Date) {
  const profiles = Object.entries(config?.profiles ?? {});
  if (!config || profiles.length === 0)
    throw new CastkeysError('profile-missing', 'There is no profile yet.', 'castkeys setup');
  return select({
    id: 'profile',
    message: 'Which profile should be active?',
    choices: profiles.map(
      ([name, profile]): Choice => ({ value: name, title: name, hint: hintOf(config, profile, now) }),
    ),
    ...(config.activeProfile === undefined ? {} : { fallback: config.activeProfile }),
  });
}

function hintOf(config: Config, profile: Profile, now: Date): string {
  const { environment, region, organization, slots, policy } = profile;
  const keys = roles.flatMap(role => {
    const credential = config.credentials[slots[role] ?? ''];
    return credential ? [`${role} ${stateOf(keyAge(credential, policy.maxAgeDays, now))}`] : [];
  });
  return [
    environment === 'production' ? 'PRODUCTION' : environment,
    region,
    ...(organization ? [organization.name ?? organization.id] : []),
    ...(keys.length > 0 ? keys : ['no key yet']),
  ].join(' · ');
}

/** A key's age, and what of that one should know. */
function stateOf({ age, left, notice, untilExpiry, isAtLeast }: KeyAge): string {
  if (untilExpiry < 0) return 'EXPIRED';
  if (left < 0) return `${days(age)} old, OVERDUE`;
  const old = `${isAtLeast ? 'at least ' : ''}${days(age)} old`;
  return left < notice ? `${old}, due in ${days(left)}` : old;
}

const productionQuestion = (name: string) =>
  confirm({
    id: 'production',
    message: `${name} is PRODUCTION. Make it the one that commands use?`,
    help: 'Whatever runs without --profile would then act on production.',
    fallback: false,
  });

const activate = (install: Install, name: string) => ({
  id: 'profile.activate',
  title: `Make ${name} the active profile`,
  run: async () => {
    const before = install.config()?.activeProfile;
    await switchTo(install, name, before);
    return before;
  },
  undo: (before: string | undefined) => switchTo(install, before, name),
});

/** `before` is switched back to where the change can't be entered in the audit log. */
function switchTo(install: Install, name: string | undefined, before: string | undefined): Promise<void> {
  const change = async (to: string | undefined) => {
    await install.update(({ activeProfile: _, ...config }) => ({
      ...config,
      ...(to === undefined ? {} : { activeProfile: to }),
    }));
  };
  const metadata = { from: before ?? null, to: name ?? null };
  const resource = profileResource(name ?? before ?? '');
  const act = { action: 'profile.switched', resource, metadata } as const;
  return enterDone(install, act, { work: () => change(name), undo: () => change(before) });
}

const pin = (install: Install, name: string, directory: string) => ({
  id: 'profile.pin',
  title: `Pin ${name} in this directory`,
  run: async () => {
    const asked = pinToAgreeTo(install, directory);
    const pin = await writePin(install.home, directory, name, install.clock());
    const about = { resource: profileResource(name), metadata: { path: pin.path, sha256: pin.sha256 } };
    await enter(install, { action: 'profile.pinned', ...about });
    if (asked) await enterAgreement(install, asked, name);
    return pin;
  },
  summary: ({ path }: { readonly path: string }) => `${path} can be committed: it holds no secret`,
});

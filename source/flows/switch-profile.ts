/** Switching the active profile, or pinning one in a directory. Production is asked once more. */

import { CastkeysError } from '../errors.ts';
import { ask, badge, type Choice, confirm, type Flow, select, step } from '../flow/flow.ts';
import type { Install } from '../install/install.ts';
import { type Config, findProfile, type Profile, writePin } from '../profiles/profiles.ts';
import { agreeToRepository, repositoryQuestions } from './agree-to-repository.ts';

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
  const chosen = name ?? (yield* ask(picker(config)));
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

function picker(config: Config | undefined) {
  const profiles = Object.entries(config?.profiles ?? {});
  if (profiles.length === 0)
    throw new CastkeysError('profile-missing', 'There is no profile yet.', 'castkeys setup');
  return select({
    id: 'profile',
    message: 'Which profile should be active?',
    choices: profiles.map(([name, profile]): Choice => ({ value: name, title: name, hint: hintOf(profile) })),
    ...(config?.activeProfile === undefined ? {} : { fallback: config.activeProfile }),
  });
}

function hintOf({ environment, region, organization, slots }: Profile): string {
  const keys = Object.keys(slots).join(' and ') || 'no key yet';
  return [
    environment === 'production' ? 'PRODUCTION' : environment,
    region,
    organization?.name ?? '-',
    keys,
  ].join(' · ');
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
    await install.update(config => ({ ...config, activeProfile: name }));
    return before;
  },
  undo: async (before: string | undefined) => {
    await install.update(({ activeProfile: _, ...config }) => ({
      ...config,
      ...(before === undefined ? {} : { activeProfile: before }),
    }));
  },
});

const pin = (install: Install, name: string, directory: string) => ({
  id: 'profile.pin',
  title: `Pin ${name} in this directory`,
  run: () => writePin(install.home, directory, name, install.clock()),
  summary: ({ path }: { readonly path: string }) => `${path} can be committed: it holds no secret`,
});

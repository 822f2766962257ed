import { builtInRegions, originOf } from '../../castai/castai.ts';
import { CastkeysError } from '../../errors.ts';
import { ask, badge, type Choice, type Flow, note, select, step, text } from '../../flow/flow.ts';
import {
  type Config,
  type Environment,
  type Profile,
  profileNameProblem,
  recommendedPolicy,
} from '../../profiles/profiles.ts';
import type { Practice, World } from './world.ts';

/** Which profile this is about and where its API is. */
export interface Place {
  readonly name: string;
  /** What is registered already, or what will be. */
  readonly profile: Profile;
  readonly isRegistered: boolean;
  readonly practice?: Practice;
}

/** Finds out which environment is to be set up; asks only what isn't registered yet. */
export function* choosePlace(world: World, config: Config | undefined, store: string): Flow<Place> {
  const name = world.profile ?? unfinished(config);
  const registered =
    name === undefined || !config || !Object.hasOwn(config.profiles, name)
      ? undefined
      : config.profiles[name];
  const place =
    name !== undefined && registered
      ? yield* goOn(world, name, registered)
      : yield* describe(world, config, name);
  yield* badge({
    profile: place.name,
    environment: place.profile.environment,
    region: place.profile.region,
    store,
    practice: place.practice !== undefined,
  });
  return place;
}

/** The profile that was begun and has no key yet. */
function unfinished(config: Config | undefined): string | undefined {
  const begun = Object.entries(config?.profiles ?? {}).find(
    ([, { slots }]) => !slots.reader && !slots.writer,
  );
  return begun?.[0];
}

function* goOn(world: World, name: string, profile: Profile): Flow<Place> {
  yield* note(`${name} is registered already; only what is missing is asked for.`);
  const practice =
    profile.region === 'practice' ? { practice: yield* step(startPractice(world, profile.environment)) } : {};
  return { name, profile, isRegistered: true, ...practice };
}

function* describe(world: World, config: Config | undefined, given: string | undefined): Flow<Place> {
  const problem = given === undefined ? undefined : profileNameProblem(given);
  if (problem)
    throw new CastkeysError('usage', `${problem} Nothing was changed.`, 'castkeys setup --profile NAME');
  const environment = yield* ask(
    select({
      id: 'profile.environment',
      message: 'Which environment is this key for?',
      help: 'Each environment gets a profile and a key of its own, so that one can be rotated or revoked alone.',
      choices: environmentChoices(config),
      fallback: firstFree(config),
    }),
  );
  const known =
    given === undefined && config && Object.hasOwn(config.profiles, environment)
      ? config.profiles[environment]
      : undefined;
  if (known) return yield* goOn(world, environment, known);
  const name = given ?? (environment === 'other' ? yield* askName(config) : environment);
  const where = yield* chooseRegion(world, environment);
  const { origin, region, practice } = where;
  return {
    name,
    isRegistered: false,
    profile: {
      environment,
      region,
      origin,
      authorization: 'x-api-key',
      policy: recommendedPolicy(environment),
      slots: {},
      ...(practice ? { organization: practice.organization } : {}),
    },
    ...(practice ? { practice } : {}),
  };
}

const environmentTitles: readonly Choice<Environment>[] = [
  { value: 'development', title: 'development', hint: 'read only is enough to look around' },
  { value: 'staging', title: 'staging', hint: 'reads, and writes to named clusters' },
  { value: 'production', title: 'production', hint: 'starts at read only' },
  { value: 'other', title: 'another', hint: 'you name it' },
];

function environmentChoices(config: Config | undefined): readonly Choice<Environment>[] {
  return environmentTitles.map(choice =>
    config && Object.hasOwn(config.profiles, choice.value)
      ? { ...choice, hint: 'set up already: looks at it again' }
      : choice,
  );
}

function firstFree(config: Config | undefined): Environment {
  const free = environmentTitles.find(({ value }) => !config || !Object.hasOwn(config.profiles, value));
  return free?.value ?? 'other';
}

function askName(config: Config | undefined): Flow<string> {
  return ask(
    text({
      id: 'profile.name',
      message: 'What should the profile be called?',
      help: 'You will type it in castkeys use NAME. Letters, digits, ".", "_" and "-".',
      placeholder: 'sandbox',
      problem: name =>
        profileNameProblem(name) ??
        (config && Object.hasOwn(config.profiles, name)
          ? 'There is a profile of that name already.'
          : undefined),
    }),
  );
}

interface Where {
  readonly region: string;
  readonly origin: string;
  readonly practice?: Practice;
}

function* chooseRegion(world: World, environment: Environment): Flow<Where> {
  const region = yield* ask(
    select({
      id: 'profile.region',
      message: 'In which region is your organization?',
      help: 'A key works only in the region that issued it. Practice is a pretended Cast AI on this machine.',
      choices: [
        ...builtInRegions.map(({ id, title, origin }) => ({ value: id, title, hint: new URL(origin).host })),
        { value: 'url', title: 'Another address', hint: 'you type the URL' },
        {
          value: 'practice',
          title: 'Practice',
          hint: 'no account needed',
        },
      ],
      fallback: 'us',
    }),
  );
  if (region === 'practice') {
    const practice = yield* step(startPractice(world, environment));
    return { region, origin: practice.origin, practice };
  }
  if (region !== 'url') return { region, origin: originOf(region) };
  const url = yield* ask(
    text({
      id: 'profile.url',
      message: 'Address of the API',
      placeholder: 'https://api.example.com',
      problem: originProblem,
    }),
  );
  return { region: originOf(url), origin: originOf(url) };
}

function originProblem(typed: string): string | undefined {
  try {
    originOf(typed);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof CastkeysError)
      return `${thrown.message} An address looks like https://api.example.com.`;
    throw thrown;
  }
}

const startPractice = (world: World, environment: Environment) => ({
  id: 'practice.start',
  title: 'Start the practice server',
  readOnly: true,
  run: () => world.startPractice(environment),
  summary: ({ origin }: Practice) => `practising at ${origin}: nothing here reaches Cast AI`,
});

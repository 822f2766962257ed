import { CastkeysError } from '../../errors.ts';
import { ask, type Choice, type Flow, multiselect, note, select, text } from '../../flow/flow.ts';
import { type Config, type Environment, type Profile, profileNameProblem } from '../../profiles/profiles.ts';
import type { Seen } from './look-around.ts';
import type { World } from './world.ts';

/** A profile to be set up; `registered` is what there is of it already. */
export interface Wanted {
  readonly name: string;
  readonly environment: Environment;
  readonly registered?: Profile;
}

/** Which profiles this is about: the one named, those that were begun, or those the person picks. */
export function* chooseEnvironments(world: World, { config, plaintext }: Seen): Flow<readonly Wanted[]> {
  const profiles = config?.profiles ?? {};
  if (world.profile !== undefined) return [yield* named(world.profile, profiles)];
  const begun = Object.entries(profiles).filter(([, { slots }]) => !slots.reader && !slots.writer);
  if (begun.length > 0) {
    const names = begun.map(([name]) => name).join(', ');
    yield* note(
      `${names} ${begun.length === 1 ? 'is' : 'are'} registered already; only what is missing is asked for.`,
    );
    return begun.map(([name, registered]) => ({ name, environment: registered.environment, registered }));
  }
  const hinted = new Set(plaintext.flatMap(({ environment }) => environment ?? []));
  const chosen = yield* ask(environmentsQuestion(profiles, hinted));
  const wanted: Wanted[] = [];
  for (const value of chosen) {
    if (value === 'other') wanted.push({ name: yield* askName(config), environment: 'other' });
    else wanted.push(wantedOf(value, profiles));
  }
  return wanted;
}

function* named(name: string, profiles: Config['profiles']): Flow<Wanted> {
  const registered = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (registered) {
    yield* note(`${name} is registered already; only what is missing is asked for.`);
    return { name, environment: registered.environment, registered };
  }
  const problem = profileNameProblem(name);
  if (problem)
    throw new CastkeysError('usage', `${problem} Nothing was changed.`, 'castkeys setup --profile NAME');
  const environment = yield* ask(
    select({
      id: 'profile.environment',
      message: `What kind of environment is ${name}?`,
      help: 'It decides what is recommended, and production looks different everywhere.',
      choices: kinds,
      fallback: kinds.find(({ value }) => value === name)?.value ?? 'other',
    }),
  );
  return { name, environment };
}

const kinds: readonly Choice<Environment>[] = [
  { value: 'development', title: 'development', hint: 'read only is enough to look around' },
  { value: 'staging', title: 'staging', hint: 'reads, and writes to named clusters' },
  { value: 'production', title: 'production', hint: 'starts at read only' },
  { value: 'other', title: 'another', hint: 'you name it' },
];

function environmentsQuestion(profiles: Config['profiles'], hinted: ReadonlySet<string>) {
  const isSetUp = (name: string) => Object.hasOwn(profiles, name);
  const own = Object.keys(profiles).filter(name => !kinds.some(({ value }) => value === name));
  const [other, ...usual] = kinds.toReversed();
  const choices: readonly Choice[] = [
    ...usual.toReversed(),
    ...own.map(name => ({ value: name, title: name })),
    ...(other ? [other] : []),
  ];
  const free = ['development', 'staging', 'production'].filter(name => !isSetUp(name));
  const suggested = free.filter(name => hinted.has(name));
  return multiselect({
    id: 'environments',
    message: 'Which environments do you want to set up?',
    help: 'Each gets a profile and keys of its own, so that one can be rotated or revoked alone.',
    choices: choices.map(choice =>
      isSetUp(choice.value) ? { ...choice, hint: 'set up already: looks at it again' } : choice,
    ),
    fallback: suggested.length > 0 ? suggested : free.slice(0, 1),
    atLeast: 1,
  });
}

function wantedOf(name: string, profiles: Config['profiles']): Wanted {
  const registered = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (registered) return { name, environment: registered.environment, registered };
  return { name, environment: kinds.find(({ value }) => value === name)?.value ?? 'other' };
}

function askName(config: Config | undefined): Flow<string> {
  return ask(
    text({
      id: 'profile.name',
      message: 'What should the other profile be called?',
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

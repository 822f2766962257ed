import * as v from 'valibot';
import { CastkeysError } from '../errors.ts';
import type { Home } from '../home/home.ts';
import { printable } from '../printable.ts';
import { agreedPins, findPin, type Pin, type Role, roles } from '../profiles/profiles.ts';

/** A program and its arguments; no shell reads it. */
const programSchema = v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.minLength(1));
const nameSchema = v.pipe(
  v.string(),
  v.regex(/^[\w.@/-]{1,60}$/, 'a name has letters, digits and . _ - @ / only, and at most 60 of them'),
);

const commandSchema = v.strictObject({
  kind: v.literal('command'),
  name: nameSchema,
  role: v.optional(v.picklist(roles), 'reader'),
  /** Gets the key on standard input, without a newline. */
  deliver: programSchema,
  /** Gets the key on standard input, too; exit 0 says that the place has it. */
  prove: v.exactOptional(programSchema),
  /** Gets nothing; exit 0 says that the place can be reached. */
  preflight: v.exactOptional(programSchema),
  /** Seconds that each of them may take. */
  timeout: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(3600)), 60),
});

const declarationSchema = v.variant('kind', [commandSchema]);
export type ConsumerDeclaration = Readonly<v.InferOutput<typeof declarationSchema>>;

/**
 * The consumers that a `.castkeys.json` declares.
 * @throws CastkeysError `config-invalid` naming what is wrong: a consumer that is passed over would be cut off.
 */
export function consumersIn(pin: Pin): readonly ConsumerDeclaration[] {
  const result = v.safeParse(v.optional(v.array(declarationSchema), []), pin.consumers);
  const names = result.success ? result.output.map(({ name }) => name) : [];
  if (result.success && new Set(names).size === names.length) return result.output;
  const issue = result.success ? undefined : result.issues[0];
  throw new CastkeysError(
    'config-invalid',
    `The consumers in ${pin.path} can't be used: ${issue ? `${v.getDotPath(issue) ?? 'consumers'}: ${printable(issue.message)}` : 'two have one name'}. Nothing was changed.`,
    'mend the file; castkeys help consumers shows how one is declared',
  );
}

/** What a consumer would do on this machine, in words. */
export const consumerWords = ({ name, role, deliver, prove, preflight }: ConsumerDeclaration): string =>
  [
    `the consumer ${name} gets the ${role} key on standard input of: ${programWords(deliver)}`,
    ...(prove ? [`and of: ${programWords(prove)}`] : []),
    ...(preflight ? [`before that runs: ${programWords(preflight)}`] : []),
  ].join('; ');

const programWords = (words: readonly string[]): string =>
  printable(words.map(word => (/^[\w./:=@-]+$/.test(word) ? word : JSON.stringify(word))).join(' '), 300);

export interface Declared {
  readonly declaration: ConsumerDeclaration;
  /** The file it stands in, whose directory its programs are run in. */
  readonly pin: Pin;
}

export interface DeclaredConsumers {
  readonly consumers: readonly Declared[];
  /** Files that declare consumers of this profile and that nobody agreed to as they are now. */
  readonly untrusted: readonly Pin[];
}

/**
 * The consumers of a slot: those in the nearest file, and in every file that a person of this install agreed to, wherever
 * castkeys was called. A file that is gone is passed over; one that has changed must be agreed to again, because what it
 * declares now may be anything, and what it declared then may still use the key.
 */
export function declaredFor(
  home: Home,
  cwd: string,
  slot: { readonly profile: string; readonly role: Role },
): DeclaredConsumers {
  const { trusted, changed } = agreedPins(home);
  const here = findPin(cwd);
  const isKnown =
    here === undefined || trusted.some(({ path, sha256 }) => path === here.path && sha256 === here.sha256);
  const concerns = (pin: Pin) => pin.consumers !== undefined && pin.profile === slot.profile;
  const untrusted = [...changed, ...(isKnown ? [] : [here])].filter(
    (pin, index, all) => concerns(pin) && all.findIndex(({ path }) => path === pin.path) === index,
  );
  const consumers = trusted
    .filter(concerns)
    .flatMap(pin => consumersIn(pin).map(declaration => ({ declaration, pin })))
    .filter(({ declaration }) => declaration.role === slot.role);
  return { consumers, untrusted };
}

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { CastkeysError } from '../errors.ts';
import { type Home, writeJson } from '../home/home.ts';
import { printable } from '../printable.ts';
import { type RepositoryPolicy, repositoryPolicySchema } from './policy.ts';

export const pinName = '.castkeys.json';

/** It comes with a clone, and reaches terminals. */
const words = v.pipe(
  v.string(),
  v.transform(text => printable(text.trim())),
);

const ignoredSchema = v.object({
  /** What names a key without giving it away, as `castkeys scan` prints it. */
  key: words,
  reason: v.pipe(words, v.nonEmpty('a finding is ignored for a reason')),
  /** ISO 8601. */
  since: words,
});
/** A key that `castkeys scan` leaves out: an example, or one that is revoked. */
export type IgnoredKey = v.InferOutput<typeof ignoredSchema>;

const pinSchema = v.pipe(
  v.custom<object>(data => !Array.isArray(data)),
  v.looseObject({
    profile: v.optional(v.string()),
    policy: v.optional(v.unknown()),
    consumers: v.optional(v.unknown()),
    ignore: v.optional(v.array(ignoredSchema)),
  }),
);
const agreedSchema = v.array(v.object({ path: v.string(), sha256: v.string(), agreedAt: v.string() }));

/** A repository's `.castkeys.json`. It comes with a clone, so what it may do is agreed to per content. */
export interface Pin {
  readonly path: string;
  readonly profile?: string;
  /** What it says of the policy; whether that counts is said by `policyInForce`. */
  readonly policy?: RepositoryPolicy;
  /** What it declares of consumers, unread: `consumers/` knows what can be said of them. */
  readonly consumers?: unknown;
  /** What it says is no finding; counts once the file is agreed to. */
  readonly ignore?: readonly IgnoredKey[];
  readonly sha256: string;
}

/** The nearest `.castkeys.json` from a directory upwards, or undefined. */
export function findPin(directory: string): Pin | undefined {
  for (let at = directory; ; at = dirname(at)) {
    const path = join(at, pinName);
    if (existsSync(path)) return readPin(path);
    if (dirname(at) === at) return undefined;
  }
}

function readPin(path: string): Pin {
  const { content, fields, profile, policy } = readPinFile(path);
  // Loaded here: it costs 2.5 ms, and most directories have no pin.
  const { createHash } = process.getBuiltinModule('node:crypto');
  const sha256 = createHash('sha256').update(content).digest('hex');
  return {
    path,
    sha256,
    ...(profile === undefined ? {} : { profile }),
    ...(policy === undefined ? {} : { policy }),
    ...(fields.consumers === undefined ? {} : { consumers: fields.consumers }),
    ...(fields.ignore === undefined ? {} : { ignore: fields.ignore }),
  };
}

function readPinFile(path: string) {
  try {
    const content = readFileSync(path, 'utf8');
    const fields = v.parse(pinSchema, JSON.parse(content));
    const policy = v.parse(v.optional(repositoryPolicySchema), fields.policy);
    return { content, fields, profile: fields.profile, policy };
  } catch (thrown) {
    throw new CastkeysError(
      'config-invalid',
      `${path} is not a castkeys file${v.isValiError(thrown) ? ` (${printable(thrown.message)})` : ''}. It was left as it is.`,
      'mend it, or move it away and write it anew: castkeys use NAME --here',
    );
  }
}

/**
 * Pins a profile in a directory; the rest of a file that is there stays. Its content counts as agreed to.
 * @throws CastkeysError `config-invalid` for a file that is not a pin: it may be somebody's half-done merge.
 */
export async function writePin(home: Home, directory: string, profile: string, now: Date): Promise<Pin> {
  const path = join(directory, pinName);
  const before = existsSync(path) ? readPinFile(path).fields : {};
  const { default: writeFileAtomic } = await import('write-file-atomic');
  await writeFileAtomic(path, `${JSON.stringify({ ...before, profile }, null, 2)}\n`);
  const pin = readPin(path);
  await agreeTo(home, pin, now);
  return pin;
}

/**
 * Adds a key that is no finding to the file of a directory, or makes one. What was agreed to stays agreed to; a file that
 * came with a clone and that nobody agreed to is not agreed to by this.
 * @returns whether what it says counts.
 */
export async function ignoreKey(
  home: Home,
  directory: string,
  ignored: IgnoredKey,
): Promise<{ readonly path: string; readonly counts: boolean }> {
  const path = join(directory, pinName);
  const before = existsSync(path) ? { pin: readPin(path), fields: readPinFile(path).fields } : undefined;
  const others = (before?.pin.ignore ?? []).filter(({ key }) => key !== ignored.key);
  const content = { ...before?.fields, ignore: [...others, ignored] };
  const { default: writeFileAtomic } = await import('write-file-atomic');
  await writeFileAtomic(path, `${JSON.stringify(content, null, 2)}\n`);
  const counts = before === undefined || isAgreedTo(home, before.pin);
  if (counts) await agreeTo(home, readPin(path), new Date(ignored.since));
  return { path, counts };
}

const agreedFile = (home: Home): string => join(home.state, 'agreed.json');

/** Whether a person of this install agreed to exactly this content at this place. */
export function isAgreedTo(home: Home, pin: Pin): boolean {
  return readAgreed(home).some(agreed => agreed.path === pin.path && agreed.sha256 === pin.sha256);
}

/**
 * The files that a person of this install agreed to, as they are now: those with the same content still, and those that
 * have changed since. One that is gone says nothing any more.
 */
export function agreedPins(home: Home): {
  readonly trusted: readonly Pin[];
  readonly changed: readonly Pin[];
} {
  const pins = readAgreed(home)
    .filter(({ path }) => existsSync(path))
    .map(({ path, sha256 }) => ({ pin: readPin(path), sha256 }));
  return {
    trusted: pins.filter(({ pin, sha256 }) => pin.sha256 === sha256).map(({ pin }) => pin),
    changed: pins.filter(({ pin, sha256 }) => pin.sha256 !== sha256).map(({ pin }) => pin),
  };
}

/** Remembers that a person agreed to this content. */
export async function agreeTo(home: Home, pin: Pin, now: Date): Promise<void> {
  const others = readAgreed(home).filter(agreed => agreed.path !== pin.path);
  await writeJson(agreedFile(home), [
    ...others,
    { path: pin.path, sha256: pin.sha256, agreedAt: now.toISOString() },
  ]);
}

function readAgreed(home: Home): v.InferOutput<typeof agreedSchema> {
  const file = agreedFile(home);
  if (!existsSync(file)) return [];
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), agreedSchema), readFileSync(file, 'utf8'));
  // What can't be read was not agreed to; it is asked again.
  return result.success ? result.output : [];
}

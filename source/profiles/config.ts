import * as v from 'valibot';
import { CastkeysError } from '../errors.ts';
import { environments, policySchema } from './policy.ts';
import { timeSchema } from './time.ts';
import { webhookSchema } from './webhook-settings.ts';

export const roles = ['reader', 'writer'] as const;
/** The two keys of the service-account pattern; a profile may have one or both. */
export type Role = (typeof roles)[number];

const organizationSchema = v.object({ id: v.string(), name: v.optional(v.string()) });
export type OrganizationRef = v.InferOutput<typeof organizationSchema>;

const profileSchema = v.object({
  environment: v.picklist(environments),
  /** `us`, `eu`, `india`, `practice`, or the URL itself. */
  region: v.string(),
  /** The API URL its keys are verified at and sent to. */
  origin: v.string(),
  organization: v.optional(organizationSchema),
  authorization: v.optional(v.picklist(['x-api-key', 'bearer']), 'x-api-key'),
  policy: policySchema,
  /** Which credential is current, by role. Switching one is one atomic write of this file. */
  slots: v.object({ reader: v.optional(v.string()), writer: v.optional(v.string()) }),
  /** Absent: it has no webhooks. */
  webhook: v.optional(webhookSchema),
});
/** One environment. */
export type Profile = v.InferOutput<typeof profileSchema>;

const credentialSchema = v.object({
  /** The API URL it was verified at; it is never sent anywhere else. */
  origin: v.string(),
  organization: v.optional(organizationSchema),
  owner: v.optional(
    v.object({
      kind: v.picklist(['service-account', 'person', 'unknown']),
      id: v.optional(v.string()),
      name: v.optional(v.string()),
    }),
  ),
  /** Cast AI's id of the key, where known. */
  keyId: v.optional(v.string()),
  name: v.optional(v.string()),
  /** When Cast AI made it, where known. */
  createdAt: v.optional(timeSchema),
  expiresAt: v.optional(timeSchema),
  /** When castkeys got it. */
  addedAt: timeSchema,
  /** When Cast AI last said that it works; absent for one stored unverified. */
  verifiedAt: v.optional(timeSchema),
  fingerprint: v.string(),
  store: v.picklist(['keychain', 'file', 'memory']),
});
/** One API key as castkeys knows it, by its local id. Never the value. */
export type Credential = v.InferOutput<typeof credentialSchema>;

const retiredSchema = v.object({
  /** The profile it was a key of; absent for an admin credential. */
  profile: v.optional(v.string()),
  role: v.picklist([...roles, 'admin']),
  origin: v.string(),
  organizationId: v.optional(v.string()),
  /** Cast AI's id and name of it, where known. */
  keyId: v.optional(v.string()),
  name: v.optional(v.string()),
  fingerprint: v.string(),
  /** When another key took its place. */
  retiredAt: timeSchema,
  /** When it was seen to be gone at Cast AI; until then it may work. */
  goneAt: v.optional(timeSchema),
});
/** A key that was in a place and is no longer: still recognised, and looked after until it is gone. */
export type RetiredKey = v.InferOutput<typeof retiredSchema>;

const configSchema = v.object({
  version: v.literal(1),
  /** Names this install's entries in the keychain. */
  installId: v.string(),
  /** Where the person agreed to keep secrets. */
  store: v.optional(v.picklist(['keychain', 'file'])),
  activeProfile: v.optional(v.string()),
  profiles: v.record(v.string(), profileSchema),
  credentials: v.record(v.string(), credentialSchema),
  /** Admin credentials: `<origin> <organization id>` to credential id. Shared by the profiles there. */
  admins: v.optional(v.record(v.string(), v.string()), {}),
  /** Keys that others took the place of, by credential id. Their values are in the keychain while `credentials` has them. */
  retired: v.optional(v.record(v.string(), retiredSchema)),
});
/** Everything in `config.json`. */
export type Config = v.InferOutput<typeof configSchema>;

/** The newest version of the file that this castkeys writes. */
export const configVersion = 1;

/** Steps from one version of the file to the next, oldest first: `migrations[0]` makes a version 1 of a version 0. */
const migrations: readonly ((old: Record<string, unknown>) => Record<string, unknown>)[] = [
  // Version 0 never left the workshop: it had no version, and called the active profile `current`.
  ({ current, ...old }) => ({
    ...old,
    version: 1,
    ...(current === undefined ? {} : { activeProfile: current }),
  }),
];

/**
 * Reads what a `config.json` says, whatever version wrote it.
 * @throws CastkeysError `config-invalid`, or `config-newer` for one that a newer castkeys wrote.
 */
export function parseConfig(content: string, file: string): Config {
  let data = parseObject(content, file);
  const version = typeof data['version'] === 'number' ? data['version'] : 0;
  if (version > configVersion) {
    throw new CastkeysError(
      'config-newer',
      `${file} was written by a newer castkeys (version ${version} of the file; this one knows ${configVersion}). Nothing was changed.`,
      'update castkeys: npm install --global castkeys',
    );
  }
  for (const migrate of migrations.slice(version)) data = migrate(data);
  const result = v.safeParse(configSchema, data);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw invalid(file, `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
}

function parseObject(content: string, file: string): Record<string, unknown> {
  let data: unknown;
  try {
    data = JSON.parse(content);
  } catch {
    throw invalid(file, content.trim() === '' ? 'it is empty' : 'it is not JSON');
  }
  const result = v.safeParse(v.record(v.string(), v.unknown()), data);
  if (!result.success) throw invalid(file, 'it is not a JSON object');
  return result.output;
}

function invalid(file: string, reason: string): CastkeysError {
  return new CastkeysError(
    'config-invalid',
    `${file} can't be used: ${reason}. It was left as it is, and the keys in the keychain are untouched.`,
    `mend the file, or move it away and run castkeys setup`,
  );
}

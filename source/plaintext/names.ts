import { looksLikeKey } from '../castai/castai.ts';
import type { Environment, Role } from '../profiles/profiles.ts';

/** What a name says of the value beside it. */
export interface Purpose {
  readonly kind: 'key' | 'webhook-secret';
  readonly role?: Role | 'admin';
  readonly environment?: Environment;
}

/** Cast AI's own names (section 1.3 of the API facts), and what people make of them: `PROD_CASTAI_API_TOKEN`. */
const ofKey = /CAST_?AI[A-Z_]*(?:KEY|TOKEN)|CAST_API_KEY/;
const ofWebhookSecret = /CAST_?AI[A-Z_]*SECRET/;

const roleWords: readonly (readonly [Role | 'admin', RegExp])[] = [
  ['admin', /(?:^|_)(?:ADMIN|OWNER)(?:_|$)/],
  ['writer', /(?:^|_)(?:WRITE|WRITER|RW)(?:_|$)/],
  ['reader', /(?:^|_)(?:READ|READER|READONLY|RO|VIEWER)(?:_|$)/],
];
const environmentWords: readonly (readonly [Environment, RegExp])[] = [
  ['production', /(?:^|_)(?:PROD|PRODUCTION|LIVE)(?:_|$)/],
  ['staging', /(?:^|_)(?:STAGE|STAGING|STG)(?:_|$)/],
  ['development', /(?:^|_)(?:DEV|DEVELOPMENT|LOCAL)(?:_|$)/],
];

/**
 * What a name and the name of its file say: `CASTAI_WRITE_KEY` in `.env.production` is production's writer.
 * @returns undefined for a name that says nothing of Cast AI.
 */
export function purposeOf(name: string, fileName = ''): Purpose | undefined {
  const words = asWords(name);
  const kind = ofKey.test(words) ? 'key' : ofWebhookSecret.test(words) ? 'webhook-secret' : undefined;
  if (kind === undefined) return undefined;
  return { kind, ...hints(words, fileName) };
}

/** What the words of a name hint at, whatever it names. */
export function hints(name: string, fileName: string): Omit<Purpose, 'kind'> {
  const words = asWords(name);
  const role = roleWords.find(([, pattern]) => pattern.test(words))?.[0];
  const environment = [words, asWords(fileName)].flatMap(
    text => environmentWords.find(([, pattern]) => pattern.test(text))?.[0] ?? [],
  )[0];
  return { ...(role ? { role } : {}), ...(environment ? { environment } : {}) };
}

const asWords = (name: string): string => name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');

/** Shorter than any key or secret worth the name. */
const shortest = 12;
const placeholder =
  /^(?:x+|\*+|\.+|<.*>|\[.*\]|.*(?:your|change|replace|example|dummy|todo|placeholder|redacted).*)$/i;
/** The shell or Terraform puts something else there. */
const expansion = /[$`]|^(?:var|local|data|module)\./;

/** Whether a value beside such a name is a secret, and neither a reference nor a stand-in for one. */
export function isSecretValue(value: string): boolean {
  if (looksLikeKey(value) === 'current') return true;
  return (
    value.length >= shortest && !/\s|:\/\//.test(value) && !expansion.test(value) && !placeholder.test(value)
  );
}

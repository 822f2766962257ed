import { originOf, readRegion } from '../castai/castai.ts';
import { checkTitles } from '../checklist/checklist.ts';
import { CastkeysError } from '../errors.ts';
import { printable } from '../printable.ts';
import { type Environment, environments, type Policy, parseDays, parseScopes } from '../profiles/profiles.ts';
import type { Flags, Option } from './command.ts';

/** What `profiles add` and `profiles edit` take. */
export const profileOptions: Readonly<Record<string, Option>> = {
  environment: { type: 'string', value: 'NAME', help: environments.join(', ') },
  region: { type: 'string', value: 'us|eu|india|URL', help: 'where the API is' },
  organization: { type: 'string', value: 'ID', help: 'the organization its keys belong to' },
  clusters: { type: 'string', value: 'ID,…', help: 'the clusters that write:limited may write to' },
  scopes: {
    type: 'string',
    value: 'LIST',
    help: 'what its keys may do: read:*, write:limited, write:*, admin:*',
  },
  'max-age': { type: 'string', value: 'DAYS', help: 'days after which a key is due for rotation' },
  'expires-in': {
    type: 'string',
    value: 'DAYS',
    help: 'days after which a key that castkeys makes expires; never by default',
  },
  skip: {
    type: 'string',
    value: 'CHECK=REASON',
    help: "a check that doesn't apply, and why; without a reason it applies again",
  },
  authorization: { type: 'string', value: 'HEADER', help: 'x-api-key (default) or bearer' },
};

export function environmentOf(flags: Flags): Environment | undefined {
  const given = flags.text('environment');
  if (given === undefined) return undefined;
  const environment = environments.find(known => known === given);
  if (environment) return environment;
  throw new CastkeysError(
    'usage',
    'There is no such environment.',
    `--environment ${environments.join('|')}`,
  );
}

export function placeOf(flags: Flags): { readonly region: string; readonly origin: string } | undefined {
  const given = flags.text('region');
  return given === undefined ? undefined : { region: readRegion(given), origin: originOf(given) };
}

/** The policy with what the options change. */
export function withPolicyOptions(policy: Policy, flags: Flags): Policy {
  const clusters = flags.text('clusters');
  const scopes = flags.text('scopes');
  const maxAge = flags.text('max-age');
  const { expiresInDays, skip, ...before } = policy;
  return {
    ...before,
    ...expiryOf(flags, expiresInDays),
    ...skipOf(flags, skip),
    scopes: scopes === undefined ? policy.scopes : parseScopes(scopes),
    clusters:
      clusters === undefined
        ? policy.clusters
        : clusters
            .split(',')
            .map(id => id.trim())
            .filter(Boolean),
    maxAgeDays: maxAge === undefined ? policy.maxAgeDays : parseDays(maxAge, '--max-age'),
  };
}

function expiryOf(flags: Flags, before: number | undefined): Pick<Policy, 'expiresInDays'> {
  const given = flags.text('expires-in');
  if (given === 'never') return {};
  const days = given === undefined ? before : parseDays(given, '--expires-in');
  return days === undefined ? {} : { expiresInDays: days };
}

/** One check at a time: `key-age=the key is rotated by Terraform`; `key-age=` takes it back. */
function skipOf(flags: Flags, before: Policy['skip']): Pick<Policy, 'skip'> {
  const given = flags.text('skip');
  if (given === undefined) return before ? { skip: before } : {};
  const [, id = '', reason = ''] = /^([^=]*)=(.*)$/s.exec(given) ?? [];
  if (!checkTitles.some(check => check.id === id)) {
    throw new CastkeysError(
      'usage',
      '--skip takes a check and the reason why it does not apply. Nothing was changed.',
      `--skip CHECK=REASON; the checks are ${checkTitles.map(check => check.id).join(', ')}`,
    );
  }
  const { [id]: _, ...others } = before ?? {};
  const words = printable(reason.trim());
  const skip = words === '' ? others : { ...others, [id]: words };
  return Object.keys(skip).length > 0 ? { skip } : {};
}

export function authorizationOf(flags: Flags): 'x-api-key' | 'bearer' | undefined {
  const given = flags.text('authorization');
  if (given === undefined || given === 'x-api-key' || given === 'bearer') return given;
  throw new CastkeysError(
    'usage',
    'There is no such authorization header.',
    '--authorization x-api-key|bearer',
  );
}

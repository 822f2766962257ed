import { originOf, readRegion } from '../castai/castai.ts';
import { CastkeysError } from '../errors.ts';
import { type Environment, environments, type Policy, parseScopes } from '../profiles/profiles.ts';
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
  return {
    scopes: scopes === undefined ? policy.scopes : parseScopes(scopes),
    clusters:
      clusters === undefined
        ? policy.clusters
        : clusters
            .split(',')
            .map(id => id.trim())
            .filter(Boolean),
    maxAgeDays: maxAgeOf(flags) ?? policy.maxAgeDays,
  };
}

function maxAgeOf(flags: Flags): number | undefined {
  const given = flags.text('max-age');
  if (given === undefined) return undefined;
  const days = /^\d{1,4}$/.test(given) ? Number(given) : 0;
  if (days >= 1 && days <= 3650) return days;
  throw new CastkeysError('usage', '--max-age takes a number of days from 1 to 3650.', '--max-age 90');
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

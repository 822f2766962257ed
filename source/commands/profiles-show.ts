import { findProfile, type Policy, type Profile, readConfig } from '../profiles/profiles.ts';
import type { Command } from './command.ts';
import { requiredName } from './positionals.ts';
import { table } from './profile-table.ts';

export const command: Command = {
  usage: ['profiles show NAME'],
  summary: 'Show a profile',
  takesWords: true,
  async run(call) {
    const name = requiredName(call, 'castkeys profiles show NAME');
    const config = readConfig(call.home);
    const profile = findProfile(config, name);
    const active = config?.activeProfile === name;
    call.streams.stdout.write(
      call.flags.has('json')
        ? `${JSON.stringify({ name, active, ...profile }, null, 2)}\n`
        : words(name, active, profile),
    );
    return undefined;
  },
};

function words(
  name: string,
  active: boolean,
  { environment, region, origin, organization, policy, slots }: Profile,
): string {
  return table([
    ['profile', `${name}${active ? ' (active)' : ''}`],
    ['environment', environment === 'production' ? 'PRODUCTION' : environment],
    ['region', `${region} (${origin})`],
    ['organization', organization ? `${organization.name ?? ''} ${organization.id}`.trim() : 'not known yet'],
    ['scopes', policy.scopes.join(', ')],
    ['clusters', clustersOf(policy)],
    ['maximum age', `${policy.maxAgeDays} days`],
    ['new keys expire', policy.expiresInDays ? `after ${policy.expiresInDays} days` : 'never'],
    ...Object.entries(policy.skip ?? {}).map(([check, reason]) => ['skipped', `${check}: ${reason}`]),
    ['keys', Object.keys(slots).join(', ') || 'none yet'],
  ]);
}

/** They only matter to `write:limited`, which reaches nothing until some are named. */
function clustersOf({ clusters, scopes }: Policy): string {
  if (clusters.length > 0) return clusters.join(', ');
  return scopes.includes('write:limited') ? 'none named' : '-';
}

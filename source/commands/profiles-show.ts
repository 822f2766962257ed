import { findProfile, type Profile, readConfig } from '../profiles/profiles.ts';
import type { Command } from './command.ts';
import { requiredName } from './positionals.ts';
import { table } from './profile-table.ts';

export const command: Command = {
  usage: ['profiles show NAME'],
  summary: 'Show a profile',
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
    ['clusters', policy.clusters.join(', ') || 'all'],
    ['maximum age', `${policy.maxAgeDays} days`],
    ['keys', Object.keys(slots).join(', ') || 'none yet'],
  ]);
}

import { CastkeysError } from '../errors.ts';
import { adminIdOf, type Config, type Credential, readConfig } from '../profiles/profiles.ts';
import type { Command } from './command.ts';
import { table } from './profile-table.ts';
import { profileOf } from './role-option.ts';

export const command: Command = {
  usage: ['keys [list]'],
  summary: 'List the keys of a profile: whose, since when, never the value',
  async run(call) {
    const config = readConfig(call.home);
    const { name, profile } = profileOf(call, config);
    if (!config) throw new CastkeysError('profile-missing', 'There is no profile yet.', 'castkeys setup');
    const { origin, organization } = profile;
    const admin = organization && adminIdOf(config, { origin, organizationId: organization.id });
    const rows = [
      ...Object.entries(profile.slots).flatMap(([role, id]) =>
        id === undefined ? [] : [row(config, role, id)],
      ),
      ...(admin === undefined ? [] : [row(config, 'admin', admin)]),
    ];
    call.streams.stdout.write(
      call.flags.has('json')
        ? `${JSON.stringify({ profile: name, keys: rows }, null, 2)}\n`
        : words(name, rows),
    );
    return undefined;
  },
};

type Row = ReturnType<typeof row>;

function row(config: Config, role: string, id: string) {
  const { fingerprint: _, ...credential }: Partial<Credential> = config.credentials[id] ?? {};
  return { role, id, ...credential };
}

function words(name: string, rows: readonly Row[]): string {
  if (rows.length === 0)
    return `${name} has no key yet. Next: castkeys keys add --profile ${name} --role reader\n`;
  const cells = rows.map(({ role, owner, createdAt, addedAt, expiresAt, verifiedAt, store }) => [
    role,
    owner?.name ?? owner?.id ?? '-',
    (createdAt ?? addedAt ?? '-').slice(0, 10),
    expiresAt?.slice(0, 10) ?? 'never',
    verifiedAt?.slice(0, 10) ?? 'never',
    store ?? '-',
  ]);
  return table([['ROLE', 'OWNER', 'SINCE', 'EXPIRES', 'VERIFIED', 'STORE'], ...cells]);
}

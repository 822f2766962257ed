import type { Config } from '../profiles/profiles.ts';

/** The profiles as `profiles list` prints them. */
export function profileTable(config: Config | undefined, as: 'words' | 'json'): string {
  const rows = Object.entries(config?.profiles ?? {}).map(([name, profile]) => ({
    name,
    active: name === config?.activeProfile,
    environment: profile.environment,
    region: profile.region,
    organization: profile.organization ?? null,
    roles: Object.keys(profile.slots),
  }));
  if (as === 'json') return `${JSON.stringify({ profiles: rows }, null, 2)}\n`;
  if (rows.length === 0) return 'There is no profile yet. Make one: castkeys setup\n';
  const cells = rows.map(row => [
    `${row.active ? '*' : ' '} ${row.name}`,
    row.environment === 'production' ? 'PRODUCTION' : row.environment,
    row.region,
    row.organization?.name ?? row.organization?.id ?? '-',
    row.roles.join(', ') || 'no key yet',
  ]);
  return table([['  PROFILE', 'ENVIRONMENT', 'REGION', 'ORGANIZATION', 'KEYS'], ...cells]);
}

/** Rows as columns two spaces apart. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows
    .map(
      row =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

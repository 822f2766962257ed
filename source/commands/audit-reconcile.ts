import { type Reconciled, readEntries, reconcile } from '../audit/audit.ts';
import { castaiClient } from '../castai/castai.ts';
import { CastkeysError } from '../errors.ts';
import { readSecret } from '../install/install.ts';
import { printable } from '../printable.ts';
import { adminIdOf } from '../profiles/profiles.ts';
import { filterOf, filterOptions } from './audit-options.ts';
import type { Call, Command } from './command.ts';
import { profileOf } from './role-option.ts';
import { type Session, withSession } from './session.ts';

const usualPeriod = 7 * 24 * 60 * 60 * 1000;

export const command: Command = {
  usage: ['audit reconcile [--since TIME] [--until TIME]'],
  summary: "Compare the audit log with Cast AI's own",
  about:
    "Reads Cast AI's audit log for the period (default: the last 7 days) and lists keys that were made, used or removed outside castkeys, and the smallest role that would have done for what the owners of the profile's keys did. Whether Cast AI's log shows keys at all is not published: none there proves nothing.",
  options: { since: filterOptions.since, until: filterOptions.until },
  examples: ['castkeys audit reconcile --profile production --since 30d'],
  run: call => withSession(call, session => compare(call, session)),
};

async function compare(call: Call, session: Session): Promise<undefined> {
  const { install } = session;
  const config = install.config();
  const { name, profile } = profileOf(call, config);
  if (!config) throw new CastkeysError('profile-missing', 'There is no profile yet.', 'castkeys setup');
  const { organization, origin, authorization, slots } = profile;
  const admin = organization && adminIdOf(config, { origin, organizationId: organization.id });
  const id = admin ?? slots.reader ?? slots.writer;
  if (id === undefined)
    throw new CastkeysError('credential-missing', `${name} has no key to ask with.`, 'castkeys keys add');
  const secret = await readSecret(await install.keychain(), id);
  await session.reach(profile);
  const client = castaiClient({
    origin,
    secret,
    authorization,
    signal: call.signal,
    ...(organization ? { organizationId: organization.id } : {}),
  });
  const { since, until = call.clock() } = filterOf(call);
  const from = since ?? new Date(until.getTime() - usualPeriod);
  const feed = await client.auditEvents({ from, to: until });
  const owners = Object.entries(slots).flatMap(([role, held]) => {
    const ownerId = held === undefined ? undefined : config.credentials[held]?.owner?.id;
    return ownerId === undefined ? [] : [{ role, ownerId }];
  });
  const result = reconcile(feed, [...readEntries(call.home)], owners);
  const period = { profile: name, from: from.toISOString(), to: until.toISOString() };
  call.streams.stdout.write(
    call.flags.has('json')
      ? `${JSON.stringify({ ...period, ...result }, null, 2)}\n`
      : inWords(period, result),
  );
  return undefined;
}

function inWords(
  { profile, from, to }: { readonly profile: string; readonly from: string; readonly to: string },
  { events, keyEvents, owners }: Reconciled,
): string {
  const elsewhere = keyEvents.filter(({ ours }) => ours === undefined);
  return [
    `${profile}, ${from.slice(0, 16)} to ${to.slice(0, 16)} UTC: ${events} entries in Cast AI's log, ${keyEvents.length} about keys.`,
    ...(keyEvents.length === 0
      ? ["Whether keys are in Cast AI's log at all is not published: none there proves nothing."]
      : [`${elsewhere.length} of them are not in castkeys' log:`]),
    ...elsewhere.map(
      ({ time, what, by }) =>
        `  ${time.slice(0, 19).replace('T', ' ')}  ${printable(what)}  (${printable(by)})`,
    ),
    ...owners.map(
      ({ role, changes, kinds, smallest }) =>
        `${role}: its owner made ${changes} changes${kinds.length > 0 ? ` (${kinds.map(kind => printable(kind, 40)).join(', ')})` : ''}; ${smallest} would have done, as far as Cast AI's log shows.`,
    ),
    '',
  ].join('\n');
}

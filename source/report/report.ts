/** A dated report for an auditor: every check with its evidence, the keys and their ages, rotations with their proofs, the head of the log. */
import { headLine, sealText, verifyLog } from '../audit/audit.ts';
import type { StatusReport } from '../checklist/checklist.ts';
import type { Install } from '../install/install.ts';
import type { Config } from '../profiles/profiles.ts';
import { type RotationReport, readJournals, reportOf } from '../rotation/rotation.ts';
import { markdownOf } from './markdown.ts';
import { withSeal } from './seal.ts';

export { verifyReport } from './verify-report.ts';

const day = 24 * 60 * 60 * 1000;
/** Rotations of each profile, the latest first. */
const mostRotations = 10;

export interface KeyInReport {
  readonly profile: string;
  readonly role: string;
  readonly owner?: string;
  readonly keyId?: string;
  /** When Cast AI made it, or where that is not known when castkeys got it. */
  readonly since: string;
  readonly ageDays: number;
  readonly expiresAt?: string;
  readonly verifiedAt?: string;
}

export interface Report {
  readonly report: 'castkeys';
  readonly version: string;
  readonly madeAt: string;
  readonly profiles: readonly StatusReport[];
  readonly keys: readonly KeyInReport[];
  readonly rotations: readonly RotationReport[];
  readonly log: { readonly intact: boolean; readonly entries: number; readonly head: string | null };
}

export interface ReportRequest {
  readonly install: Install;
  readonly config: Config;
  readonly profiles: readonly StatusReport[];
  readonly format: 'md' | 'json';
}

/** The report as text, with the install's MAC at its end. @throws CastkeysError the keychain's trouble. */
export async function makeReport(request: ReportRequest): Promise<string> {
  const { install, format } = request;
  const report = await contentOf(request);
  const text = format === 'json' ? JSON.stringify(report, null, 2) : markdownOf(report);
  return withSeal(text, format, await sealText(await install.keychain(), text));
}

async function contentOf({ install, config, profiles }: ReportRequest): Promise<Report> {
  const { home, clock, keychain } = install;
  const { installId } = config;
  const { intact, entries, head } = await verifyLog({ home, installId, keychain });
  const names = profiles.map(({ profile }) => profile);
  const rotations = readJournals(home)
    .map(journal => reportOf(journal, config))
    .filter(({ profile }) => profile === undefined || names.includes(profile));
  return {
    report: 'castkeys',
    version: CASTKEYS_VERSION,
    madeAt: clock().toISOString(),
    profiles,
    keys: names.flatMap(name => keysOf(config, name, clock())),
    rotations: rotations.slice(-mostRotations).toReversed(),
    log: {
      intact,
      entries,
      head: head === undefined ? null : headLine(installId, { count: entries, hash: head }),
    },
  };
}

function keysOf({ profiles, credentials }: Config, profile: string, now: Date): readonly KeyInReport[] {
  return Object.entries(profiles[profile]?.slots ?? {}).flatMap(([role, id]) => {
    const credential = id === undefined ? undefined : credentials[id];
    if (!credential) return [];
    const { owner, keyId, createdAt, addedAt, expiresAt, verifiedAt } = credential;
    const since = createdAt ?? addedAt;
    const whose = owner?.name ?? owner?.id;
    return [
      {
        profile,
        role,
        ...(owner && whose !== undefined ? { owner: `${owner.kind} ${whose}` } : {}),
        ...(keyId === undefined ? {} : { keyId }),
        since,
        ageDays: Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / day)),
        ...(expiresAt === undefined ? {} : { expiresAt }),
        ...(verifiedAt === undefined ? {} : { verifiedAt }),
      },
    ];
  });
}

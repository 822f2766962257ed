import type { StatusReport } from '../checklist/checklist.ts';
import { printable } from '../printable.ts';
import type { RotationReport } from '../rotation/rotation.ts';
import type { KeyInReport, Report } from './report.ts';

/** The report for people. */
export function markdownOf({ version, madeAt, profiles, keys, rotations, log }: Report): string {
  return [
    '# API keys: state of the checklist',
    '',
    `Made ${madeAt} by castkeys ${version}. Times are UTC. Each line is a measurement; its evidence stands beside it.`,
    ...profiles.flatMap(checklist),
    '## Keys',
    '',
    ...table(['Profile', 'Role', 'Owner', 'Since', 'Age', 'Expires', 'Last verified'], keys.map(keyRow)),
    '',
    '## Rotations',
    '',
    ...(rotations.length === 0 ? ['None yet.', ''] : rotations.flatMap(rotation)),
    '## Audit log',
    '',
    `${log.entries} entries; ${log.intact ? 'hashes, MACs, order and end hold' : '**it does not hold**'}.`,
    '',
    ...(log.head === null
      ? []
      : ['Head, to be checked later with `castkeys audit verify --anchor`:', '', `    ${log.head}`, '']),
    '`castkeys audit verify-report FILE` says whether this report is as castkeys made it.',
  ].join('\n');
}

function checklist({ profile, environment, ready, measuredAt, checks }: StatusReport): readonly string[] {
  const rows = checks.map(({ state, title, evidence, standsFor }) => [state, title, evidence, standsFor]);
  return [
    '',
    `## ${cell(profile)} (${cell(environment)}): ${ready ? 'every check holds' : 'not every check holds'}`,
    '',
    `Measured ${measuredAt}.`,
    '',
    ...table(['State', 'Check', 'Evidence', 'Stands for'], rows),
    '',
  ];
}

const keyRow = ({ profile, role, owner, since, ageDays, expiresAt, verifiedAt }: KeyInReport) => [
  profile,
  role,
  owner ?? 'not known',
  since.slice(0, 10),
  ageDays === 1 ? '1 day' : `${ageDays} days`,
  expiresAt?.slice(0, 10) ?? 'never',
  verifiedAt ?? 'never',
];

function rotation({
  id,
  profile,
  role,
  phase,
  startedAt,
  endedAt,
  proofs,
}: RotationReport): readonly string[] {
  return [
    `### ${cell(profile ?? 'organization')} ${role}: ${phase}`,
    '',
    `Rotation ${id}, begun ${startedAt}${endedAt === undefined ? '' : `, ended ${endedAt}`}.`,
    '',
    ...table(
      ['Proof', 'When', 'Evidence'],
      proofs.map(proof => [proof.phase, proof.at, proof.evidence]),
    ),
    '',
  ];
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)];
}

/** What others wrote stays in its cell, and is no markup. */
const cell = (text: string): string => printable(text, 500).replaceAll('|', '\\|').replaceAll('<', '&lt;');

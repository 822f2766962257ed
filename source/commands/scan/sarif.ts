import type { Finding, ScanResult } from '../../leaks/leaks.ts';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

const rules = [
  {
    id: 'castkeys/own-key',
    name: 'OwnKey',
    shortDescription: { text: 'A Cast AI API key of this install lies where others can read it.' },
    help: { text: 'Rotate it in emergency: castkeys rotate --emergency. Then take it out of the file.' },
    defaultConfiguration: { level: 'error' },
  },
  {
    id: 'castkeys/retired-key',
    name: 'RetiredKey',
    shortDescription: { text: 'A Cast AI API key that another one took the place of lies here.' },
    help: { text: 'Make sure that it is revoked: castkeys status.' },
    defaultConfiguration: { level: 'warning' },
  },
  {
    id: 'castkeys/pattern',
    name: 'KeyPattern',
    shortDescription: { text: 'Something with the shape of a Cast AI API key lies here.' },
    help: { text: 'Find out whether it works: castkeys scan --live. Revoke it in the console.' },
    defaultConfiguration: { level: 'error' },
  },
] as const;

/** The findings as a SARIF 2.1.0 log, as code hosts take it. No value of a key is in it. */
export function reportSarif(findings: readonly Finding[], { isInterrupted }: ScanResult): string {
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'castkeys', version: CASTKEYS_VERSION, rules } },
        invocations: [{ executionSuccessful: !isInterrupted }],
        columnKind: 'utf16CodeUnits',
        results: findings.map(resultOf),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(finding: Finding) {
  const { where, object, path, line, content, reachable, encoding, commits, introduced, preview } = finding;
  const ruleId = ruleOf(finding);
  const ruleIndex = rules.findIndex(({ id }) => id === ruleId);
  const name = object ?? path;
  return {
    ruleId,
    ruleIndex,
    level: finding.gone ? 'note' : rules[ruleIndex]?.defaultConfiguration.level,
    message: { text: messageOf(finding) },
    locations: [
      {
        ...(path === undefined
          ? {}
          : {
              physicalLocation: {
                artifactLocation: { uri: uriOf(path) },
                ...(line === undefined ? {} : { region: { startLine: line } }),
              },
            }),
        ...(name === undefined ? {} : { logicalLocations: [{ name, kind: where }] }),
      },
    ],
    partialFingerprints: {
      'castkeys/content/v1': content,
      'castkeys/place/v1': `${where} ${name} ${encoding}`,
    },
    properties: {
      where,
      reachable,
      encoding,
      preview,
      ...(commits ? { commits } : {}),
      ...(introduced ?? {}),
    },
  };
}

function ruleOf({ kind, retiredAt }: Finding): (typeof rules)[number]['id'] {
  if (kind === 'pattern') return 'castkeys/pattern';
  return retiredAt === undefined ? 'castkeys/own-key' : 'castkeys/retired-key';
}

function messageOf({ kind, profile, role, preview, where, next }: Finding): string {
  const whose = [profile, role].filter(Boolean).join(' ');
  const what =
    kind === 'own-key' ? `The ${whose || 'own'} key ${preview}` : `A key of unknown owner, ${preview},`;
  return `${what} lies here (${where}). Next: ${next}`;
}

/** Relative to the repository; each part of a path may have characters that mean something in an address. */
const uriOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

import type { CheckLine } from '../flow/flow.ts';
import { table } from './profile-table.ts';

const symbols: Readonly<Record<CheckLine['state'], string>> = {
  pass: '✓',
  warn: '!',
  fail: '✗',
  unknown: '?',
  skip: '-',
  measuring: '…',
};

/** The checklist as lines of words: state, title, evidence, and the fix where something is wrong. */
export function checklistWords(heading: string, checks: readonly CheckLine[]): string {
  const passed = checks.filter(({ state }) => state === 'pass').length;
  const width = Math.max(...checks.map(({ title }) => title.length));
  const lines = checks.flatMap(({ state, title, evidence, fix }) => [
    `  ${symbols[state]} ${state.padEnd(7)}  ${title.padEnd(width)}  ${evidence}`,
    ...(fix !== undefined && state !== 'pass' ? [`${' '.repeat(width + 14)}→ ${fix}`] : []),
  ]);
  return [`${heading}: ${passed} of ${checks.length} hold`, ...lines, ''].join('\n');
}

/** What a person does next with a profile that is set up. */
export function nextCommands(profile: string): string {
  const rows = [
    [`castkeys run --profile ${profile} -- terraform plan`, 'use the key'],
    ['castkeys status --watch', 'watch the checklist'],
    ['castkeys setup', 'set up the next environment'],
  ];
  return `Next:\n${table(rows.map(([command = '', what = '']) => [`  ${command}`, what]))}`;
}

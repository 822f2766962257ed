import { describe, expect, it } from 'vitest';
import {
  type CheckResult,
  checkTitles,
  isReady,
  measureChecklist,
} from '../../source/checklist/checklist.ts';
import { aKey, today } from '../support/install.ts';
import { keychainWith, subjectOf, withSlots } from './support/subjects.ts';

const ids = [
  'keychain',
  'plaintext',
  'gitignore',
  'keys-live',
  'distinct-keys',
  'least-privilege',
  'service-account',
  'key-age',
  'old-keys',
  'leaks',
  'webhook',
  'audit-log',
];

const refuse = (what: string) => async (): Promise<never> => {
  throw new Error(`${what} was touched`);
};

describe('the checklist', () => {
  it('has its lines in the order that is promised, whatever they come to', async () => {
    expect(checkTitles.map(({ id }) => id)).toEqual(ids);
    const keychain = await keychainWith({ reader: aKey() });
    const config = withSlots({ reader: { origin: 'http://127.0.0.1:1' } });
    const results = await measureChecklist(subjectOf(config, { keychain: async () => keychain }), {
      offline: true,
    });
    expect(results.map(({ id }) => id)).toEqual(ids);
    for (const result of results) {
      expect(result).toMatchObject({
        title: expect.any(String),
        standsFor: expect.any(String),
        evidence: expect.stringMatching(/\w/),
        measuredAt: today.toISOString(),
      });
    }
  });

  it('touches neither network nor keychain offline: what needs them is not known', async () => {
    const touched: string[] = [];
    const results = await measureChecklist(
      subjectOf(withSlots({ reader: {} }), {
        keychain: () => {
          touched.push('keychain');
          return refuse('the keychain')();
        },
        reach: async () => void touched.push('network'),
      }),
      { offline: true },
    );
    expect(touched).toEqual([]);
    const states = Object.fromEntries(results.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({
      keychain: 'unknown',
      'keys-live': 'unknown',
      'distinct-keys': 'pass',
      'key-age': 'pass',
    });
    expect(results.find(({ id }) => id === 'keys-live')?.evidence).toContain('--offline');
  });

  it('concludes nothing from a check that throws, and measures the others', async () => {
    const results = await measureChecklist(
      subjectOf(withSlots({ reader: {} }), { keychain: refuse('the keychain') }),
      { only: ['keychain', 'keys-live', 'distinct-keys'] },
    );
    expect(results.map(({ id, state, evidence }) => [id, state, evidence])).toEqual([
      ['keychain', 'unknown', 'the keychain was touched'],
      ['keys-live', 'unknown', 'the keychain was touched'],
      ['distinct-keys', 'pass', 'this is the only key'],
    ]);
  });

  it('tells each line as soon as it is measured, and gives all of them at the end', async () => {
    const told: CheckResult[] = [];
    const only = ['distinct-keys', 'key-age'];
    const results = await measureChecklist(subjectOf(withSlots({ reader: {} })), {
      only,
      onResult: result => void told.push(result),
    });
    expect(results.map(({ id }) => id)).toEqual(only);
    expect(told.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(results);
  });

  it('reads and tries each key once, however many lines ask', async () => {
    const inner = await keychainWith({ reader: aKey() });
    let reads = 0;
    const keychain = {
      ...inner,
      read: (entry: Parameters<typeof inner.read>[0]) => {
        if (entry.kind === 'credential') reads += 1;
        return inner.read(entry);
      },
    };
    const config = withSlots({ reader: { origin: 'http://127.0.0.1:1' } });
    await measureChecklist(
      subjectOf(config, { keychain: async () => keychain, reach: refuse('the network') }),
    );
    expect(reads).toBe(1);
  });

  it('is ready when every line passes or does not apply, and only then', () => {
    expect(isReady([{ state: 'pass' }, { state: 'skip' }])).toBe(true);
    for (const state of ['warn', 'fail', 'unknown'] as const) {
      expect(isReady([{ state: 'pass' }, { state }])).toBe(false);
    }
  });
});

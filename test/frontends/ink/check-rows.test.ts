import { describe, expect, it } from 'vitest';
import { everything, fitChecks, holding, rowsOf } from '../../../source/frontends/ink/check-rows.ts';
import { checksAfter, checksFailing } from './fixtures/sample-checks.ts';

const detailed = (...given: Parameters<typeof fitChecks>) =>
  fitChecks(...given)
    .filter(row => row.detailed)
    .map(row => row.check.id);

describe('the checklist', () => {
  it('counts what holds: what passes and what does not apply', () => {
    expect(holding(checksAfter)).toBe(6);
    expect(holding([{ id: 'a', title: 'A', state: 'skip', evidence: 'no webhook here' }])).toBe(1);
  });

  it('puts what is not known yet at the end', () => {
    const states = fitChecks(checksAfter, { columns: 40, rows: 40 }).map(row => row.check.state);
    expect(states.slice(-4)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
    expect(states.slice(0, -4)).not.toContain('unknown');
  });

  it('gives evidence to failures first, then to warnings, then to what passes as a whole', () => {
    expect(detailed(checksAfter, { columns: 40, rows: 12 })).toEqual([]);
    expect(detailed(checksAfter, { columns: 40, rows: 15 })).toEqual(['plaintext']);
    expect(detailed(checksAfter, { columns: 40, rows: 18 })).toEqual(['plaintext', 'gitignore']);
    expect(detailed(checksAfter, { columns: 40, rows: 40 }, everything)).toHaveLength(12);
  });

  it('gives up no title for evidence', () => {
    expect(fitChecks(checksFailing, { columns: 30, rows: 14 })).toHaveLength(12);
  });
});

describe('the rows a text takes', () => {
  it.each([
    ['', 10, 0],
    ['one two', 10, 1],
    ['one two three', 10, 2],
    ['0123456789', 10, 1],
    ['0123456789a', 10, 2],
    ['0123456789 a', 10, 2],
    ['a 0123456789abc', 10, 3],
  ])('%j in %i columns: %i', (text, columns, rows) => {
    expect(rowsOf(text, columns)).toBe(rows);
  });
});

import { describe, expect, it } from 'vitest';
import { confirm, type Question, secret, select, text } from '../../../source/flow/flow.ts';
import { hintsOf, shortcutsFor } from '../../../source/frontends/ink/keys.ts';
import { symbolsFor } from '../../../source/frontends/ink/symbols.ts';

const symbols = symbolsFor({ LANG: 'C.UTF-8' }, 'linux');
const footer = (question: Question | undefined, canGoBack = false, columns = 80) =>
  hintsOf(shortcutsFor(question && { question, canGoBack }), symbols, columns)
    .map(({ keys, label }) => `${keys} ${label}`)
    .join(', ');

const name = text({ id: 'name', message: 'Name?' });
const where = select({ id: 'where', message: 'Where?', choices: [{ value: 'eu', title: 'Europe' }] });

describe('the footer', () => {
  it('names the keys of the open question', () => {
    expect(footer(name)).toBe('⏎ continue, ^C cancel');
    expect(footer(where)).toBe('⏎ continue, ↑↓ choose, ^C cancel');
    expect(footer(confirm({ id: 'sure', message: 'Sure?', fallback: true }))).toBe(
      '⏎ continue, y/n answer, ^C cancel',
    );
    expect(footer(secret({ id: 'key', message: 'Key?', read: () => ({ problem: 'no' }) }))).toBe(
      '⏎ continue, ^U clear, ^C cancel',
    );
  });

  it('offers going back only where there is a way back', () => {
    expect(footer(name, true)).toBe('⏎ continue, esc back, ^C cancel');
  });

  it('offers nothing but cancelling while a step runs', () => {
    expect(footer(undefined)).toBe('^C cancel');
  });

  it('fits every question into 48 columns, and drops what explains itself in fewer', () => {
    const widths = (columns: number) => footer(where, true, columns).split(', ').join('   ').length;
    expect(widths(48)).toBeLessThanOrEqual(48);
    expect(footer(where, true, 38)).toBe('⏎ continue, esc back, ^C cancel');
  });
});

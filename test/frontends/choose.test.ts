import { describe, expect, it } from 'vitest';
import { type Circumstances, chooseFrontEnd } from '../../source/frontends/choose.ts';

const attended: Circumstances = {
  answers: false,
  json: false,
  plain: false,
  stdinIsTty: true,
  stderrIsTty: true,
  columns: 80,
  rows: 24,
  term: 'xterm-256color',
  ci: undefined,
  screenReader: undefined,
};

const kindWith = (change: Partial<Circumstances>) => chooseFrontEnd({ ...attended, ...change }).kind;

describe('the front end', () => {
  it('is the full screen where a person sits at a terminal, wherever the results go', () => {
    expect(chooseFrontEnd(attended)).toEqual({ kind: 'ink' });
  });

  it('is scripted with an answers file, terminal or not', () => {
    expect(kindWith({ answers: true })).toBe('scripted');
    expect(kindWith({ answers: true, json: true, stdinIsTty: false })).toBe('scripted');
  });

  it.each([
    { plain: true },
    { term: 'dumb' },
    { screenReader: 'true' },
    { columns: 39 },
    { rows: 11 },
    { columns: 0, rows: 0 },
    { columns: undefined, rows: undefined },
  ])('is linear with %o', change => {
    expect(kindWith(change)).toBe('linear');
  });

  it('says why it is linear, unless it was asked to be', () => {
    expect(chooseFrontEnd({ ...attended, rows: 5 })).toMatchObject({
      why: expect.stringContaining('12 rows'),
    });
    expect(chooseFrontEnd({ ...attended, plain: true })).toEqual({ kind: 'linear' });
  });

  it.each([{ stdinIsTty: false }, { stderrIsTty: false }, { ci: 'true' }, { ci: '1' }, { json: true }])(
    'is none with %o, and what to do instead is said',
    change => {
      expect(chooseFrontEnd({ ...attended, ...change })).toMatchObject({
        kind: 'none',
        hint: expect.stringContaining('--answers'),
      });
    },
  );

  it.each(['', '0', 'false'])('takes CI=%j for no CI', ci => {
    expect(kindWith({ ci })).toBe('ink');
  });
});

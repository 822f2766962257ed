import { expect, it } from 'vitest';
import { emptyView, type FlowEvent, reduce, type View } from '../../../source/flow/flow.ts';
import { CheckNews } from '../../../source/frontends/linear/check-news.ts';
import { eventLines } from '../../../source/frontends/linear/event-lines.ts';
import { paintFor } from '../../../source/frontends/linear/paint.ts';
import { type Signs, signsFor } from '../../../source/frontends/linear/signs.ts';
import { Transcript } from '../../../source/frontends/linear/transcript.ts';

const seen = signsFor({ utf8: true, voice: false });

/** The lines that events come to in a window of that many columns; 100 ms pass between two of them. */
function linesFor(
  events: readonly FlowEvent[],
  { columns = 80, signs = seen, voice = false, pause = 100 } = {},
) {
  const written: string[] = [];
  const paper = { columns, write: (text: string) => written.push(text) };
  const transcript = new Transcript(paper, { signs, paint: paintFor(0), voice });
  let view: View = emptyView;
  events.forEach((event, index) => {
    view = reduce(view, event, index * pause);
    transcript.say(...eventLines(event, view, signs));
  });
  return written.join('').trimEnd().split('\n');
}

const started: FlowEvent = { type: 'step-started', id: 'store', title: 'Store the key' };
const check = (state: 'pass' | 'warn' | 'fail' | 'unknown' | 'measuring', evidence = 'because') =>
  ({ id: 'leaks', title: 'No key is in git history', state, evidence, fix: 'castkeys rotate' }) as const;

it('says a step with its outcome, and how long it took where one had to wait', () => {
  const done: FlowEvent = { type: 'step-done', id: 'store', summary: 'read back' };
  expect(linesFor([started, done])).toEqual(['✓ Store the key: read back']);
  expect(linesFor([started, done], { pause: 1240 })).toEqual(['✓ Store the key: read back · 1.2 s']);
  expect(linesFor([started, { type: 'step-done', id: 'store' }])).toEqual(['✓ Store the key']);
});

it('says what failed and why, and what was or could not be taken back, by its title', () => {
  const error = new Error('The keychain is locked.');
  expect(
    linesFor([
      started,
      { type: 'step-failed', id: 'store', error },
      { type: 'step-undone', id: 'store' },
      { type: 'undo-failed', id: 'store', error },
    ]),
  ).toEqual([
    '✗ Store the key: failed',
    '  The keychain is locked.',
    '↩ Store the key: taken back',
    '✗ Store the key: could not be taken back',
    '  The keychain is locked.',
  ]);
});

it('says profile, environment, region and store, and production where nobody overlooks it', () => {
  const badge = { profile: 'acme', environment: 'production', region: 'eu', store: 'keychain' };
  const lines = linesFor([{ type: 'badge', badge }]);
  expect(lines[0]).toBe('● profile acme · environment PRODUCTION · region eu · keys in the keychain');
  expect(lines[1]).toMatch(/^PRODUCTION: /);
  expect(linesFor([{ type: 'badge', badge: { practice: true } }])).toEqual([
    'PRACTICE: nothing here reaches Cast AI.',
  ]);
});

it('says a check with its state as a word, its evidence, and what mends it', () => {
  expect(linesFor([{ type: 'check', check: check('fail') }])).toEqual([
    '  ✗ No key is in git history: fails; because',
    '    → castkeys rotate',
  ]);
  expect(linesFor([{ type: 'check', check: check('pass') }])).toEqual([
    '  ✓ No key is in git history: holds; because',
  ]);
});

it('keeps to the width of the window, and breaks between words', () => {
  const lines = linesFor(
    [{ type: 'noted', tone: 'warning', text: 'The key is alive, but it may not ask.' }],
    {
      columns: 20,
    },
  );
  expect(lines).toEqual(['▲ The key is alive,', '  but it may not', '  ask.']);
});

it('passes nothing on that a terminal would act on', () => {
  const [line] = linesFor([{ type: 'noted', tone: 'info', text: 'a\x1b[2Jb\x07c\u202ed' }]);
  expect(line).toBe('• abcd');
});

it('is ASCII where it has to be, and words where somebody listens', () => {
  const note: FlowEvent = { type: 'noted', tone: 'success', text: 'Zürich… – done' };
  expect(linesFor([note], { signs: signsFor({ utf8: false, voice: false }) })).toEqual([
    '+ Z?rich... - done',
  ]);
  const signs: Signs = signsFor({ utf8: true, voice: true });
  expect(linesFor([note], { signs, voice: true })).toEqual(['Done: Zürich… – done']);
});

it('tells a measurement only where it is news', () => {
  const news = new CheckNews();
  const told = [
    check('unknown'),
    check('measuring'),
    check('pass', 'asked 1 s ago'),
    check('pass', 'asked 2 s ago'),
    check('measuring'),
    check('fail', 'in a.txt'),
    check('fail', 'in a.txt'),
    check('fail', 'in b.txt'),
    check('unknown'),
  ].map(each => news.isNews(each));
  expect(told).toEqual([false, false, true, false, false, true, false, true, true]);
});

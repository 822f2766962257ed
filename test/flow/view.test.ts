import { describe, expect, it } from 'vitest';
import { confirm, currentBadge, emptyView, type FlowEvent, reduce, text } from '../../source/flow/flow.ts';
import { viewOf } from './support/front-end.ts';

const name = text({ id: 'name', message: 'Name?' });
const asked = { type: 'asked', question: name, canGoBack: false } as const;
const answered = (id: string, shown: string): FlowEvent => ({
  type: 'answered',
  id,
  message: `${id}?`,
  shown,
});

describe('the view of a flow', () => {
  it('begins empty, with the title', () => {
    expect(viewOf([{ type: 'started', flow: 'x', title: 'A story' }])).toEqual({
      ...emptyView,
      title: 'A story',
    });
  });

  it('shows the open question until it is answered', () => {
    expect(viewOf([asked]).question).toEqual({ question: name, canGoBack: false });
    const after = viewOf([asked, answered('name', 'Ann')]);
    expect(after).not.toHaveProperty('question');
    expect(after.lines).toEqual([{ kind: 'answer', id: 'name', message: 'name?', shown: 'Ann' }]);
  });

  it('shows what was wrong beside the question that is asked again, and not beside the next', () => {
    const refused: FlowEvent = { type: 'refused', id: 'name', problem: 'Too long.' };
    expect(viewOf([asked, refused]).question).toMatchObject({ problem: 'Too long.' });
    expect(viewOf([asked, refused, asked]).question).toMatchObject({ problem: 'Too long.' });
    const next = { ...asked, question: confirm({ id: 'sure', message: 'Sure?', fallback: true }) };
    expect(viewOf([asked, refused, answered('name', 'Ann'), next]).question).not.toHaveProperty('problem');
    expect(viewOf([asked, refused, answered('name', 'Ann'), asked]).question).not.toHaveProperty('problem');
  });

  it('offers what was answered before', () => {
    expect(viewOf([{ ...asked, previous: 'Ann' }]).question).toMatchObject({ previous: 'Ann' });
    expect(viewOf([{ ...asked, previous: false }]).question).toMatchObject({ previous: false });
  });

  it('forgets everything from the question that was gone back to', () => {
    const view = viewOf([
      answered('first', '1'),
      { type: 'noted', tone: 'info', text: 'a note' },
      answered('second', '2'),
      { type: 'step-started', id: 'look', title: 'Look' },
      { type: 'step-done', id: 'look' },
      { ...asked, canGoBack: true },
      { type: 'rewound', id: 'second' },
    ]);
    expect(view.lines.map(({ kind }) => kind)).toEqual(['answer', 'note']);
    expect(view).not.toHaveProperty('question');
  });

  it('goes back to the latest of two answers to the same question', () => {
    const view = viewOf([answered('key', 'one'), answered('key', 'two'), { type: 'rewound', id: 'key' }]);
    expect(view.lines).toEqual([{ kind: 'answer', id: 'key', message: 'key?', shown: 'one' }]);
  });

  it('follows a step: since when it runs, how far it is, when it ended and what came of it', () => {
    const started: FlowEvent = { type: 'step-started', id: 'look', title: 'Look' };
    const running = reduce(emptyView, started, 5);
    expect(running.lines).toEqual([
      { kind: 'step', id: 'look', title: 'Look', state: 'running', startedAt: 5 },
    ]);
    const half = reduce(running, { type: 'step-progress', id: 'look', text: 'half' }, 6);
    expect(half.lines[0]).toMatchObject({ state: 'running', detail: 'half' });
    const done = reduce(half, { type: 'step-done', id: 'look', summary: 'nothing there' }, 9);
    expect(done.lines[0]).toMatchObject({ state: 'done', startedAt: 5, endedAt: 9, detail: 'nothing there' });
    const silent = reduce(half, { type: 'step-done', id: 'look' }, 9);
    expect(silent.lines[0]).toMatchObject({ state: 'done', detail: '' });
    const failed = reduce(half, { type: 'step-failed', id: 'look', error: new Error('it is dark') }, 9);
    expect(failed.lines[0]).toMatchObject({ state: 'failed', endedAt: 9, detail: 'it is dark' });
  });

  it('changes only the latest line of a step that was tried again', () => {
    const started: FlowEvent = { type: 'step-started', id: 'look', title: 'Look' };
    const view = viewOf([
      started,
      { type: 'step-failed', id: 'look', error: new Error('dark') },
      started,
      { type: 'step-done', id: 'look' },
    ]);
    expect(view.lines.map(line => (line.kind === 'step' ? line.state : ''))).toEqual(['failed', 'done']);
  });

  it('is not disturbed by news of a step that it never showed', () => {
    const before = viewOf([answered('first', '1')]);
    expect(reduce(before, { type: 'step-undone', id: 'quiet' }, 1).lines).toEqual(before.lines);
  });

  it('keeps each check in its place, and its latest measurement', () => {
    const check = (id: string, state: 'pass' | 'fail'): FlowEvent => ({
      type: 'check',
      check: { id, title: id, state, evidence: '' },
    });
    const view = viewOf([check('a', 'fail'), check('b', 'pass'), check('a', 'pass')]);
    expect(view.checks.map(({ id, state }) => `${id} ${state}`)).toEqual(['a pass', 'b pass']);
  });

  it('has one badge, made of all that was said and not gone back over', () => {
    const view = viewOf([
      { type: 'badge', badge: { profile: 'staging', region: 'eu' } },
      answered('first', '1'),
      { type: 'badge', badge: { profile: 'production' } },
    ]);
    expect(currentBadge(view)).toEqual({ profile: 'production', region: 'eu' });
    expect(currentBadge(reduce(view, { type: 'rewound', id: 'first' }, 9))).toEqual({
      profile: 'staging',
      region: 'eu',
    });
    expect(currentBadge(emptyView)).toEqual({});
  });

  it('says how it ended, and asks nothing any more', () => {
    const error = new Error('no');
    expect(viewOf([asked, { type: 'finished', outcome: 'cancelled' }])).toEqual({
      ...emptyView,
      end: { outcome: 'cancelled' },
    });
    expect(viewOf([{ type: 'finished', outcome: 'failed', error }]).end).toEqual({
      outcome: 'failed',
      error,
    });
  });
});

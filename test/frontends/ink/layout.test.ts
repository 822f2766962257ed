import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutFor } from '../../../source/frontends/ink/layout.ts';

describe('the layout', () => {
  it.each([
    [120, 40, 'beside'],
    [96, 20, 'beside'],
    [80, 40, 'below'],
    [80, 24, 'strip'],
    [50, 20, 'strip'],
    [40, 12, 'none'],
  ] as const)('in %i columns and %i rows has the checklist %s', (columns, rows, checklist) => {
    expect(layoutFor({ columns, rows }).checklist).toBe(checklist);
  });

  it('keeps the conversation at least as wide as the checklist beside it', () => {
    const { width, pane } = layoutFor({ columns: 96, rows: 30 });
    expect(width - pane.columns - 5).toBeGreaterThanOrEqual(pane.columns);
  });

  it('never fills the window, and is never wider than is good to read', () => {
    const size = fc.record({
      columns: fc.integer({ min: 40, max: 500 }),
      rows: fc.integer({ min: 12, max: 300 }),
    });
    fc.assert(
      fc.property(size, ({ columns, rows }) => {
        const { margin, width, height, bodyRows, questionRows } = layoutFor({ columns, rows });
        expect(height).toBeLessThan(rows - 1);
        expect(margin + width).toBeLessThanOrEqual(columns);
        expect(width).toBeLessThanOrEqual(120);
        expect(bodyRows).toBeGreaterThanOrEqual(6);
        expect(questionRows).toBeGreaterThanOrEqual(5);
      }),
    );
  });
});

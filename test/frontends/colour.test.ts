import { describe, expect, it } from 'vitest';
import { colourLevel, withColour } from '../../source/frontends/colour.ts';

const terminal = { isTTY: true };

describe('how many colours there are', () => {
  it.each([
    [{ TERM: 'xterm' }, 1],
    [{ TERM: 'xterm-256color' }, 2],
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 3],
    [{ TERM: 'xterm-kitty' }, 3],
    [{ TERM: 'dumb', COLORTERM: 'truecolor' }, 0],
    [{ TERM: 'xterm-256color', NO_COLOR: '1' }, 0],
    [{ TERM: 'xterm-256color', NO_COLOR: '' }, 2],
    [{ TERM: 'xterm', NO_COLOR: '1', FORCE_COLOR: '2' }, 2],
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor', FORCE_COLOR: '1' }, 1],
    [{ TERM: 'xterm-256color', FORCE_COLOR: '0' }, 0],
    [{ TERM: 'xterm-256color', FORCE_COLOR: 'true' }, 2],
    [{ TERM: 'dumb', FORCE_COLOR: '' }, 1],
  ] as const)('on a terminal with %o is level %i', (env, level) => {
    expect(colourLevel({ env, stream: terminal })).toBe(level);
  });

  it('follows the stream the screen is on: none in a file, unless forced', () => {
    expect(colourLevel({ env: { TERM: 'xterm' }, stream: {} })).toBe(0);
    expect(colourLevel({ env: { TERM: 'xterm', FORCE_COLOR: '3' }, stream: {} })).toBe(3);
  });
});

describe('loading what reads FORCE_COLOR', () => {
  it('shows it the level while it loads, and nobody else after', async () => {
    const env: NodeJS.ProcessEnv = {};
    expect(await withColour(2, async () => env['FORCE_COLOR'], env)).toBe('2');
    expect(env).toEqual({});
  });

  it('puts the value of before back, even where loading fails', async () => {
    const env: NodeJS.ProcessEnv = { FORCE_COLOR: 'true' };
    await expect(withColour(0, () => Promise.reject(new Error('no such module')), env)).rejects.toThrow();
    expect(env).toEqual({ FORCE_COLOR: 'true' });
  });
});

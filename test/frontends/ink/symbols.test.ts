import { describe, expect, it } from 'vitest';
import { symbolsFor } from '../../../source/frontends/ink/symbols.ts';

const tickFor = (env: Readonly<Record<string, string>>, platform: NodeJS.Platform) =>
  symbolsFor(env, platform).checks.pass;

describe('the signs', () => {
  it.each([
    [{ LANG: 'en_US.UTF-8' }, 'linux', '✓'],
    [{ LANG: 'C.utf8' }, 'linux', '✓'],
    [{ LANG: 'C' }, 'linux', '+'],
    [{}, 'linux', '+'],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, 'linux', '+'],
    [{}, 'darwin', '✓'],
    [{ WT_SESSION: '1' }, 'win32', '✓'],
    [{}, 'win32', '+'],
  ] as const)('with %o on %s tick as %s', (env, platform, tick) => {
    expect(tickFor(env, platform)).toBe(tick);
  });

  it('are all ASCII where the locale is not UTF-8, and so is what is said', () => {
    const { say, ...signs } = symbolsFor({ LANG: 'C' }, 'linux');
    expect(JSON.stringify(signs)).toMatch(/^[\x20-\x7e]*$/);
    expect(say('••••••••  “Acme” … 0.8\u00a0s')).toBe('********  "Acme" ... 0.8 s');
  });

  it('tell the states apart without colour', () => {
    for (const env of [{ LANG: 'C' }, { LANG: 'C.UTF-8' }]) {
      const { checks } = symbolsFor(env, 'linux');
      expect(new Set(Object.values(checks)).size).toBe(Object.keys(checks).length);
    }
  });
});

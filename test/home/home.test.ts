import { isAbsolute, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findHome } from '../../source/home/home.ts';

describe('the home of an install', () => {
  it('is where CASTKEYS_HOME says, config and state together', () => {
    expect(findHome({ CASTKEYS_HOME: '/elsewhere' })).toEqual({
      config: '/elsewhere',
      state: join('/elsewhere', 'state'),
    });
  });

  it.each([{}, { CASTKEYS_HOME: '' }])(
    'is where the platform keeps such things, in two directories: %j',
    env => {
      const { config, state } = findHome(env);
      expect(isAbsolute(config) && isAbsolute(state)).toBe(true);
      expect(config).not.toBe(state);
      expect(config).toContain('castkeys');
      expect(state).toContain('castkeys');
    },
  );
});

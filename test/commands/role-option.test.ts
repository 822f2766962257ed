import { describe, expect, it } from 'vitest';
import { profileOf, roleOf } from '../../source/commands/role-option.ts';
import { command as run } from '../../source/commands/run.ts';
import { aConfig, aProfile } from '../profiles/support/configs.ts';
import { calling } from '../support/call.ts';

const config = aConfig({ dev: aProfile() }, { activeProfile: 'dev' });
const call = (words: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  calling(run, [...words, '--', 'x'], { env }).call;

describe('--role', () => {
  it('is the reader unless it is said', () => {
    expect(roleOf(call([]))).toBe('reader');
    expect(roleOf(call(['--role', 'writer']))).toBe('writer');
  });

  it.each(['', 'admin', 'READER', 'toString'])('can not be %j', role => {
    expect(() => roleOf(call(['--role', role]))).toThrow(
      expect.objectContaining({ code: 'usage', exitCode: 2, next: '--role reader|writer' }),
    );
  });
});

describe('CASTAI_API_URL', () => {
  it.each([undefined, '', 'https://api.cast.ai', 'https://api.cast.ai/', 'us'])(
    'may name the very address: %j',
    url => {
      expect(profileOf(call([], { CASTAI_API_URL: url }), config)).toMatchObject({ name: 'dev' });
    },
  );

  it.each(['https://api.eu.cast.ai', 'https://evil.example', 'http://127.0.0.1:1'])(
    'that names another address ends the call: no key is sent to %s',
    url => {
      expect(() => profileOf(call([], { CASTAI_API_URL: url }), config)).toThrow(
        expect.objectContaining({
          code: 'origin-mismatch',
          exitCode: 2,
          message: expect.stringContaining('were not sent anywhere'),
        }),
      );
    },
  );

  it('that is no address is refused', () => {
    expect(() => profileOf(call([], { CASTAI_API_URL: 'not a url' }), config)).toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
  });
});

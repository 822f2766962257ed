import { describe, expect, it } from 'vitest';
import { builtInRegions, originOf, readRegion, regionAt } from '../../source/castai/castai.ts';
import { CastkeysError } from '../../source/errors.ts';
import { madeUpKey } from './support/client.ts';

function problemWith(text: string): CastkeysError {
  try {
    originOf(text);
  } catch (thrown) {
    if (thrown instanceof CastkeysError) return thrown;
  }
  throw new Error('it was taken');
}

describe('a region', () => {
  it('is known by its name, however it is written', () => {
    expect(originOf('us')).toBe('https://api.cast.ai');
    expect(originOf(' EU ')).toBe('https://api.eu.cast.ai');
    expect(originOf('india')).toBe('https://api.india.cast.ai');
  });

  it('is recognised by its URL', () => {
    expect(readRegion('https://API.EU.cast.ai:443/')).toBe('eu');
    expect(regionAt('https://api.cast.ai')?.title).toBe('United States');
    expect(regionAt('https://proxy.example')).toBeUndefined();
    expect(builtInRegions.map(region => originOf(region.origin))).toEqual(
      builtInRegions.map(region => region.origin),
    );
  });

  it('may be a URL of one’s own, normalised to its origin', () => {
    expect(originOf('https://Proxy.Example:8443/')).toBe('https://proxy.example:8443');
  });

  it.each(['http://127.0.0.1:8080', 'http://127.8.4.2', 'http://localhost:1', 'http://[::1]:9'])(
    'may be plain http on this machine: %s',
    url => expect(originOf(url)).toBe(url),
  );

  it('is normalised before it is judged', () => {
    expect(originOf('http://0x7f.1:80/')).toBe('http://127.0.0.1');
    expect(problemWith('http://127.0.0.1.example.org').message).toContain('unencrypted');
  });

  it.each([
    ['nowhere', '"nowhere" is neither a region nor an http(s) URL'],
    ['', 'neither a region'],
    ['api.cast.ai', 'neither a region'],
    ['ftp://api.cast.ai', 'neither a region'],
    ['http://api.cast.ai', 'unencrypted'],
    ['http://localhost.example', 'unencrypted'],
    ['https://api.cast.ai/v1', 'without path or query'],
    ['https://api.cast.ai?x=1', 'without path or query'],
    ['https://api.cast.ai#x', 'without path or query'],
    ['https://api.castai.com', 'is not Cast AI'],
    ['https://console.cast.ai', 'is the console'],
    ['practice', 'listens elsewhere each time'],
  ])('is refused: %s', (text, message) => {
    const error = problemWith(text);
    expect(error.message).toContain(message);
    expect(error.code).toBe('usage');
  });

  it('repeats neither a password nor a key that was put in its place', () => {
    const key = madeUpKey();
    for (const text of [
      'https://me:hunter2@api.cast.ai',
      'ftp://me:hunter2@x',
      `https://x/${key}`,
      `https://${key}/x`,
      key,
    ]) {
      const error = problemWith(text);
      expect(`${error.message} ${error.next} ${error.stack}`).not.toMatch(/hunter2|aaaa/);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { knock } from '../../source/castai/castai.ts';
import { raw, serve, silence } from './support/odd-server.ts';

describe('A knock', () => {
  it('says what answered, and how far the clocks are apart', async () => {
    await using server = await serve(raw(503, '', { date: 'Thu, 01 Jan 2026 00:00:00 GMT' }));
    const now = () => Date.parse('2026-01-01T00:01:00.500Z');
    expect(await knock(server.origin, { now })).toEqual({
      answered: true,
      status: 503,
      ms: expect.any(Number),
      skewMs: 60_000,
    });
  });

  it('is over in time where nothing answers', async () => {
    await using server = await serve(silence);
    const { host } = new URL(server.origin);
    expect(await knock(server.origin, { timeoutMs: 100 })).toEqual({
      answered: false,
      trouble: 'timeout',
      words: `${host} did not answer in time: not within 100 ms`,
    });
  });

  it('never goes where a key must not be sent', async () => {
    await expect(knock('http://api.cast.ai')).rejects.toMatchObject({ code: 'usage' });
  });
});

import { describe, expect, it } from 'vitest';
import { Secret } from '../../../source/keychain/secret.ts';
import { makeWebhookSecret, readWebhookSecret, weaknessOf } from '../../../source/webhooks/webhooks.ts';
import { aKey } from '../../support/install.ts';

describe('a webhook secret', () => {
  it('is 256 bits that a header can carry, another one each time', () => {
    const made = Array.from({ length: 100 }, () => makeWebhookSecret().reveal());
    expect(new Set(made).size).toBe(100);
    for (const value of made) {
      expect(Buffer.from(value.replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
      expect(weaknessOf(new Secret(value))).toBeUndefined();
      const read = readWebhookSecret(`"${value}"\n`);
      expect('secret' in read && read.secret.reveal()).toBe(value);
    }
  });

  it.each(['', 'two words', 'two\nlines', 'ключ', 'CASTAI_SECRET=value'])(
    'can not be %j, and that is not repeated',
    text => {
      const read = readWebhookSecret(text);
      expect(read).toHaveProperty('problem');
      if ('problem' in read && text !== '') expect(read.problem).not.toContain(text);
    },
  );

  it('is never an API key, which whoever receives the webhook would get', () => {
    expect(readWebhookSecret(aKey().reveal())).toMatchObject({ problem: /That is an API key/ });
  });

  it.each(['short', 'a'.repeat(60), 'abcabc'.repeat(10)])('is weak: %s', value => {
    expect(weaknessOf(new Secret(value))).toBeDefined();
  });
});

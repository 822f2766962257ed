import { describe, expect, it } from 'vitest';
import { type Credential, expiresSoon, keyAge } from '../../source/profiles/profiles.ts';

const now = new Date('2026-03-01T00:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
const key = (over: Partial<Credential>) => keyAge({ addedAt: ago(5), ...over }, 90, now);

describe('the age of a key', () => {
  it('is what Cast AI says, and due when the policy says', () => {
    expect(key({ createdAt: ago(81) })).toMatchObject({ age: 81, left: 9, expires: false, isAtLeast: false });
    expect(key({ createdAt: ago(97) })).toMatchObject({ age: 97, left: -7 });
  });

  it('is at least as much as it has been here', () => {
    expect(key({})).toMatchObject({ age: 5, left: 85, isAtLeast: true });
  });

  it('ends when it expires, where that comes first', () => {
    expect(key({ createdAt: ago(10), expiresAt: ago(-3) })).toMatchObject({ left: 3, expires: true });
    expect(key({ createdAt: ago(10), expiresAt: ago(2) })).toMatchObject({ left: -2, expires: true });
    expect(key({ createdAt: ago(10), expiresAt: ago(-400) })).toMatchObject({ left: 80, expires: false });
  });

  it('matters less than an expiry that is near, also where it is due before that', () => {
    expect(expiresSoon(key({ createdAt: ago(85), expiresAt: ago(-10) }))).toBe(true);
    expect(expiresSoon(key({ createdAt: ago(85), expiresAt: ago(-20) }))).toBe(false);
    expect(expiresSoon(key({ createdAt: ago(85) }))).toBe(false);
  });
});

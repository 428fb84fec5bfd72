import { expect, test } from 'vitest';
import { isOpen, requireShareable, shareExpiry, sharePassword } from './share-link.ts';

const now = new Date('2026-11-22T10:00:00Z');
const after = (milliseconds: number) => new Date(now.getTime() + milliseconds);

test('a link lasts thirty days unless said otherwise', () => expect(shareExpiry(undefined, now, after)).toEqual(new Date('2026-12-22T10:00:00Z')));
test('a chosen moment is kept', () => expect(shareExpiry(after(1), now, after)).toEqual(after(1)));
test('a moment that is over, or ten years away, is refused', () => {
  expect(() => shareExpiry(now, now, after)).toThrow(expect.objectContaining({ code: 'share/expiry-past' }));
  expect(() => shareExpiry(new Date('2046-01-01T00:00:00Z'), now, after)).toThrow(expect.objectContaining({ code: 'share/expiry-far' }));
});
test('a password is kept exactly, or absent', () => {
  expect(sharePassword(undefined)).toBeNull();
  expect(sharePassword(' open sesame ')).toBe(' open sesame ');
  expect(() => sharePassword('')).toThrow(expect.objectContaining({ code: 'share/password' }));
});
test('revoked and expired links open nothing', () => {
  expect(isOpen({ revokedAt: null, expiresAt: after(1) }, now)).toBe(true);
  expect(isOpen({ revokedAt: null, expiresAt: now }, now)).toBe(false);
  expect(isOpen({ revokedAt: now, expiresAt: after(1) }, now)).toBe(false);
});
test('exploratory work is not shared', () => expect(() => requireShareable({ hypothesisId: null })).toThrow(expect.objectContaining({ code: 'experiment/exploratory' })));

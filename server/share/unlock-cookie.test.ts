import { expect, test } from 'vitest';
import { isUnlocked, unlockCookies } from './unlock-cookie.ts';

const link = { id: 'shl_1', passwordHash: 'scrypt$a$b', expiresAt: new Date('2026-12-22T00:00:00Z') };
const now = new Date('2026-11-22T10:00:00Z');
const secret = 'a secret of tests';
const given = { token: 't'.repeat(43), now, secure: false };
const cookie = () => String(unlockCookies(secret, link, given)[0]).split(';', 1)[0] ?? '';

test('unlocking opens the page and its data, and nothing else', () => {
  const cookies = unlockCookies(secret, link, given);
  expect(cookies.map((each) => /Path=([^;]+)/.exec(each)?.[1])).toEqual([`/s/${given.token}`, `/api/v1/share/${given.token}`]);
  for (const each of cookies) expect(each).toMatch(/; Max-Age=43200; HttpOnly; SameSite=Lax$/);
  expect(unlockCookies(secret, link, { ...given, secure: true })[0]).toMatch(/; Secure$/);
  expect(isUnlocked(secret, link, `a=b; ${cookie()}; c=d`, now)).toBe(true);
});

test('it ends with the link, or after twelve hours', () => {
  expect(isUnlocked(secret, link, cookie(), new Date('2026-11-22T21:59:59Z'))).toBe(true);
  expect(isUnlocked(secret, link, cookie(), new Date('2026-11-22T22:00:00Z'))).toBe(false);
  expect(unlockCookies(secret, { ...link, expiresAt: new Date('2026-11-22T10:01:00Z') }, given)[0]).toContain('Max-Age=60;');
});

test('another password, link or secret locks it', () => {
  expect(isUnlocked(secret, { ...link, passwordHash: 'scrypt$c$d' }, cookie(), now)).toBe(false);
  expect(isUnlocked(secret, { ...link, id: 'shl_2' }, cookie(), now)).toBe(false);
  expect(isUnlocked('another secret', link, cookie(), now)).toBe(false);
});

test('a cookie that was tampered with opens nothing', () => {
  for (const value of ['', 'x', '9999999999.x', cookie().replace(/=\d+/, '=9999999999'), `${cookie()}x`]) expect(isUnlocked(secret, link, value.includes('=') ? value : `lemma-share-shl_1=${value}`, now)).toBe(false);
  expect(isUnlocked(secret, link, undefined, now)).toBe(false);
});

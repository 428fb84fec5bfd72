import { expect, test } from 'vitest';
import { ShareAttempts } from './share-attempts.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));
const tries = (attempts: ShareAttempts, count: number, address = 'a', minute = 0) => { for (let index = 0; index < count; index += 1) attempts.failed('link', address, at(minute)); };

test('ten wrong passwords are forgiven, an eleventh try has to wait a quarter of an hour', () => {
  const attempts = new ShareAttempts();
  tries(attempts, 9);
  expect(() => attempts.require('link', 'a', at(0))).not.toThrow();
  tries(attempts, 1);
  expect(() => attempts.require('link', 'a', at(14))).toThrow(expect.objectContaining({ family: 'rate-limited', code: 'share/too-many-tries' }));
  expect(() => attempts.require('link', 'a', at(15))).not.toThrow();
});

test('another address and another link are not held up', () => {
  const attempts = new ShareAttempts();
  tries(attempts, 10);
  expect(() => attempts.require('link', 'b', at(0))).not.toThrow();
  expect(() => attempts.require('other', 'a', at(0))).not.toThrow();
});

test('many addresses together are held up at the link', () => {
  const attempts = new ShareAttempts();
  for (let index = 0; index < 100; index += 1) tries(attempts, 1, `address ${index}`);
  expect(() => attempts.require('link', 'new', at(0))).toThrow(expect.objectContaining({ code: 'share/too-many-tries' }));
});

test('the right password starts the count again', () => {
  const attempts = new ShareAttempts();
  tries(attempts, 10);
  attempts.succeeded('link', 'a');
  expect(() => attempts.require('link', 'a', at(0))).not.toThrow();
});

import { expect, it } from 'vitest';
import { isYoung } from './relative-time.tsx';

it('counts the seconds of a moment not a minute away, before it and after it, and not those of older ones', () => {
  const now = Date.parse('2026-05-14T09:30:00Z');
  expect(isYoung(now - 2_300, now)).toBe(true);
  expect(isYoung(now + 45_000, now)).toBe(true);
  expect(isYoung(now - 60_000, now)).toBe(false);
});

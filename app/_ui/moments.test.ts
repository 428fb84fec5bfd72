import { expect, it } from 'vitest';
import { formatDuration, formatRelative, formatVisit } from './moments.ts';

const now = new Date('2026-11-22T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

it('tells times under a day by their distance and older ones by their date', () => {
  expect([2_000, 40_000, 5 * 60_000, 7 * 3_600_000].map((ms) => formatRelative(ago(ms), now))).toEqual(['now', '40 s ago', '5 min ago', '7 h ago']);
  expect(formatRelative(new Date('2026-05-14T12:00:00Z'), now)).toBe('14 May');
  expect(formatRelative(new Date('2025-05-14T12:00:00Z'), now)).toBe('14 May 2025');
});

it('says what lies ahead, and is short in columns', () => {
  expect(formatRelative(ago(-3_600_000), now)).toBe('in 1 h');
  expect(formatRelative(ago(3_600_000), now, true)).toBe('1 h');
});

it('does not say that what just happened lies ahead, though the page’s clock moves every ten seconds', () => {
  expect(formatRelative(ago(-9_000), now)).toBe('now');
});

it('writes durations in the two units that matter', () => {
  expect([840, 12_900, 250_000, 7_500_000].map(formatDuration)).toEqual(['840 ms', '12.9 s', '4 min 10 s', '2 h 5 min']);
});

it('tells when somebody was last here by the clock, the weekday, or the day', () => {
  const noon = new Date(2026, 10, 22, 12);
  const before = (hours: number) => formatVisit(new Date(noon.getTime() - hours * 3_600_000), noon);
  expect([before(3), before(20), before(24 * 9)]).toEqual(['09:00', 'Saturday 16:00', '13 Nov']);
});

import { expect, test } from 'vitest';
import { comparedRunsOf, isOpen, requireShareable, shareExpiry, shareMaxViews, sharePassword, shareRecipients, shareWatermark } from './share-link.ts';

const now = new Date('2026-11-22T10:00:00Z');
const after = (milliseconds: number) => new Date(now.getTime() + milliseconds);

test('a link lasts thirty days unless said otherwise', () => expect(shareExpiry(undefined, now, after)).toEqual(new Date('2026-12-22T10:00:00Z')));
test('a chosen moment is kept', () => expect(shareExpiry(after(1), now, after)).toEqual(after(1)));
test('a moment that is over, or ten years away, is refused', () => {
  expect(() => shareExpiry(now, now, after)).toThrow(expect.objectContaining({ code: 'share/expiry-past' }));
  expect(() => shareExpiry(new Date('2046-01-01T00:00:00Z'), now, after)).toThrow(expect.objectContaining({ code: 'share/expiry-far' }));
});
test('a password is kept exactly, or absent, and one that is short is refused', () => {
  expect(sharePassword(undefined)).toBeNull();
  expect(sharePassword(' open sesame ')).toBe(' open sesame ');
  expect(sharePassword('12345678')).toBe('12345678');
  for (const bad of ['', '1234567', 'x'.repeat(201)]) expect(() => sharePassword(bad), bad).toThrow(expect.objectContaining({ code: 'share/password' }));
});
test('revoked, expired and used up links open nothing', () => {
  const link = { revokedAt: null, expiresAt: after(1), maxViews: null, viewCount: 3 };
  expect(isOpen(link, now)).toBe(true);
  expect(isOpen({ ...link, expiresAt: now }, now)).toBe(false);
  expect(isOpen({ ...link, revokedAt: now }, now)).toBe(false);
  expect(isOpen({ ...link, maxViews: 4 }, now)).toBe(true);
  expect(isOpen({ ...link, maxViews: 3 }, now)).toBe(false);
});
test('a limit of views is a whole number, recipients are names, and a watermark names them', () => {
  expect([shareMaxViews(undefined), shareMaxViews(1)]).toEqual([null, 1]);
  for (const bad of [0, -1, 1.5, 1e9]) expect(() => shareMaxViews(bad), String(bad)).toThrow(expect.objectContaining({ code: 'share/max-views' }));
  expect(shareRecipients([' Dana \n Scully ', '', 'Dana Scully'])).toEqual(['Dana Scully']);
  for (const bad of [['x'.repeat(121)], Array.from({ length: 21 }, (_, n) => `Person ${n}`)]) expect(() => shareRecipients(bad)).toThrow(expect.objectContaining({ code: 'share/recipients' }));
  expect([shareWatermark(undefined, []), shareWatermark(true, ['Dana'])]).toEqual([false, true]);
  expect(() => shareWatermark(true, [])).toThrow(expect.objectContaining({ code: 'share/watermark' }));
});
test('exploratory work is not shared', () => expect(() => requireShareable({ hypothesisId: null })).toThrow(expect.objectContaining({ code: 'experiment/exploratory' })));
test('a comparison is of two to twenty runs of an experiment, each once', () => {
  expect([comparedRunsOf([], 'run'), comparedRunsOf(['b', 'a', 'b'], 'experiment')]).toEqual([[], ['b', 'a']]);
  for (const [runs, kind] of [[['a'], 'experiment'], [['a', 'a'], 'experiment'], [['a', 'b'], 'hypothesis'], [Array.from({ length: 21 }, (_, n) => String(n)), 'experiment']] as const) expect(() => comparedRunsOf(runs, kind)).toThrow(expect.objectContaining({ code: 'share/compared-runs' }));
});

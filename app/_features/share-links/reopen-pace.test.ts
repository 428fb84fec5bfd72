import { expect, it } from 'vitest';
import { ReopenPace } from './reopen-pace.ts';

it('waits from one second to half a minute, and never as all others do', () => {
  const pace = new ReopenPace();
  expect(Array.from({ length: 7 }, (_, n) => pace.waitAfterFailure(n, 1))).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(pace.waitAfterFailure(7, 0)).toBe(15_000);
});

it('begins anew after events that held, and not after those that were cut at once', () => {
  const pace = new ReopenPace();
  pace.waitAfterFailure(0, 1);
  pace.opened(1000);
  expect(pace.waitAfterFailure(2000, 1)).toBe(2000);
  pace.opened(10_000);
  expect(pace.waitAfterFailure(60_000, 1)).toBe(1000);
});

import { expect, it } from 'vitest';
import { ConnectionMonitor } from './connection.ts';
import { retryWaitInMs } from './socket.ts';

it('waits longer after each failed try, at most half a minute, and not everyone the same', () => {
  expect([0, 1, 2, 3, 10].map((retries) => retryWaitInMs(retries, 0))).toEqual([1_000, 2_000, 4_000, 8_000, 30_000]);
  expect(retryWaitInMs(0, 1)).toBe(800);
});

it('counts a reconnection only when a connection was lost before', () => {
  const monitor = new ConnectionMonitor();
  monitor.opened();
  expect(monitor.current()).toMatchObject({ state: 'live', reconnections: 0 });
  monitor.lost(1_000);
  monitor.retrying(2_000);
  monitor.lost(3_000);
  expect(monitor.current()).toMatchObject({ state: 'lost', lostAt: 1_000, nextTryAt: 2_000 });
  monitor.opened();
  expect(monitor.current()).toEqual({ state: 'live', lostAt: null, nextTryAt: null, reconnections: 1 });
});

it('ends a wait as soon as the server was heard from in another way', async () => {
  const monitor = new ConnectionMonitor();
  const hour = 3_600_000;
  const wait = monitor.pause(hour);
  monitor.heard();
  await expect(wait).resolves.toBeUndefined();
  monitor.heard();
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { APART_MS, gatherNews } from './news.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const atOnce = (): Promise<void> => Promise.resolve();

test('the first news is acted on at once', async () => {
  const refresh = vi.fn<() => void>();
  gatherNews(refresh, atOnce).hear();
  await vi.advanceTimersByTimeAsync(0);
  expect(refresh).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(10 * APART_MS);
  expect(refresh, 'and once is enough').toHaveBeenCalledTimes(1);
});

test('a burst costs one refresh at its start and one every 400 ms, and the last news is never left out', async () => {
  const refresh = vi.fn<() => void>();
  const news = gatherNews(refresh, atOnce);
  for (let piece = 0; piece < 40; piece += 1) {
    news.hear();
    await vi.advanceTimersByTimeAsync(25);
  }
  expect(refresh).toHaveBeenCalledTimes(3);
  await vi.advanceTimersByTimeAsync(APART_MS);
  expect(refresh).toHaveBeenCalledTimes(4);
  await vi.advanceTimersByTimeAsync(10 * APART_MS);
  expect(refresh).toHaveBeenCalledTimes(4);
});

test('news that comes while the question is under way waits for its answer', async () => {
  const refresh = vi.fn<() => void>();
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  gatherNews(refresh, () => answered).hear();
  await vi.advanceTimersByTimeAsync(10 * APART_MS);
  expect(refresh).not.toHaveBeenCalled();
  answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(refresh).toHaveBeenCalledTimes(1);
});

test('who has left is not bothered', async () => {
  const refresh = vi.fn<() => void>();
  const news = gatherNews(refresh, atOnce);
  news.hear();
  news.hear();
  news.stop();
  await vi.advanceTimersByTimeAsync(10 * APART_MS);
  expect(refresh).not.toHaveBeenCalled();
});

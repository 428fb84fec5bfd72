import { expect, test, vi } from 'vitest';
import { TypingFeed } from './use-typing.ts';

const grace = { thread: 'one', person: { id: 'grace', name: 'Grace' } };

test('who writes is named in their thread until they stop or are not heard of any more', () => {
  const feed = new TypingFeed();
  feed.hear({ ...grace, typing: true }, 0);
  expect([feed.namesIn('one'), feed.namesIn('other')]).toEqual([['Grace'], []]);
  feed.look(4_000);
  expect(feed.namesIn('one')).toEqual(['Grace']);
  feed.look(6_000);
  expect(feed.namesIn('one')).toEqual([]);
  feed.hear({ ...grace, typing: true }, 7_000);
  feed.hear({ ...grace, typing: false }, 7_500);
  expect(feed.namesIn('one')).toEqual([]);
});

test('a look at the clock that changes nothing tells nobody', () => {
  const feed = new TypingFeed();
  const told = vi.fn<() => void>();
  const leave = feed.subscribe(told);
  feed.hear({ ...grace, typing: true }, 0);
  feed.look(1_000);
  feed.look(2_000);
  expect(told).toHaveBeenCalledTimes(1);
  leave();
  feed.hear({ ...grace, typing: false }, 3_000);
  expect(told).toHaveBeenCalledTimes(1);
});

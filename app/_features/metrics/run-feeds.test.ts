import { expect, test } from 'vitest';
import type { Followed, Follower } from './follow-run.ts';
import { keysToFollow, RunFeeds } from './run-feeds.ts';

function newFeeds() {
  const opened: (Followed & { readonly follower: Follower; closed: boolean })[] = [];
  const feeds = new RunFeeds((followed, follower) => {
    const feed = { ...followed, follower, closed: false };
    opened.push(feed);
    return () => { feed.closed = true; };
  }, () => undefined);
  return { feeds, opened, last: () => opened.at(-1) };
}

test('a feed begins where the first reading ended, and not before there was one', () => {
  const { feeds, opened, last } = newFeeds();
  feeds.follow(['r'], ['a']);
  expect(opened).toHaveLength(0);
  feeds.readAt('r', '7');
  expect(last()).toMatchObject({ runId: 'r', keys: ['a'], after: '7' });
});

test('a feed that was closed for a hidden page goes on where it had got to', () => {
  const { feeds, last } = newFeeds();
  feeds.follow(['r'], null);
  feeds.readAt('r', '7');
  last()?.follower.movedTo('12');
  feeds.pause();
  expect(last()?.closed).toBe(true);
  feeds.follow(['r'], null);
  expect(last()).toMatchObject({ after: '12', keys: null, closed: false });
});

test('a metric that is followed from now on misses nothing since its reading began', () => {
  const { feeds, opened, last } = newFeeds();
  feeds.follow(['r'], ['a']);
  feeds.hold();
  feeds.readAt('r', '7');
  last()?.follower.movedTo('10');
  // The reading of b begins here; the feed runs on without b until it is opened again.
  feeds.hold();
  last()?.follower.movedTo('15');
  feeds.readAt('r', '11');
  feeds.follow(['r'], ['a', 'b']);
  expect(opened[0]?.closed).toBe(true);
  expect(last()).toMatchObject({ keys: ['a', 'b'], after: '10' });
});

test('what is followed already is not opened again, and a run that is no longer live is let go', () => {
  const { feeds, opened } = newFeeds();
  feeds.follow(['r', 's'], ['a', 'b']);
  feeds.readAt('r', '1');
  feeds.readAt('s', '1');
  feeds.follow(['r'], ['b']);
  expect(opened.map(({ runId, closed }) => [runId, closed])).toEqual([['r', false], ['s', true]]);
});

test('scrolling to and fro keeps what is followed until it is too much', () => {
  const followed = ['a', 'b'];
  expect(keysToFollow(followed, ['b'])).toBe(followed);
  expect(keysToFollow(followed, ['c'])).toEqual(['a', 'b', 'c']);
  const many = Array.from({ length: 48 }, (_, place) => `m${place}`);
  expect(keysToFollow(many, ['c'])).toEqual(['c']);
  expect(keysToFollow(['a'], null)).toBeNull();
});

import { expect, test } from 'vitest';
import { followersAfter, type Follower } from './following.ts';

const names = (added: readonly Follower[]): string[] => added.map(({ personId, reason }) => `${personId} ${reason}`);

test('who writes, who is mentioned and who owns the subject follow from then on, each once', () => {
  expect(names(followersAfter([], { authorId: 'vera', starts: true, ownerId: 'ada', mentioned: ['grace', 'ada'] }))).toEqual(['vera STARTED', 'grace MENTIONED', 'ada MENTIONED']);
  expect(names(followersAfter([], { authorId: 'ada', starts: false, ownerId: 'ada', mentioned: [] }))).toEqual(['ada WROTE']);
});

test('who muted it stays in peace, mentioned or not', () => {
  const muted: Follower = { personId: 'grace', state: 'MUTED', reason: 'CHOSEN' };
  expect(names(followersAfter([muted], { authorId: 'vera', starts: false, ownerId: null, mentioned: ['grace'] }))).toEqual(['vera WROTE']);
});

import { expect, test } from 'vitest';
import { commentBody, deleteRefusal, editRefusal, mayResolve, partOf, threadWords } from './thread.ts';

test('a comment says something, and can be kept', () => {
  expect(commentBody("  <script>alert(1)</script>'; DROP TABLE runs; -- ")).toBe("<script>alert(1)</script>'; DROP TABLE runs; --");
  expect(() => commentBody(' \n ')).toThrow(expect.objectContaining({ code: 'comment/body-empty' }));
  expect(() => commentBody('a\u0000b')).toThrow(expect.objectContaining({ code: 'comment/body-unprintable' }));
  expect(() => commentBody('x'.repeat(50_001))).toThrow(expect.objectContaining({ code: 'comment/body-too-long' }));
});

test('only its author edits a comment', () => {
  expect(editRefusal({ authorId: 'ada' }, 'ada')).toBeNull();
  expect(editRefusal({ authorId: 'ada' }, 'grace')?.code).toBe('comment/not-yours');
  expect(editRefusal({ authorId: 'ada', deletedAt: new Date(0) }, 'ada')?.code).toBe('comment/deleted');
});

test('its author and who keeps order delete a comment, once', () => {
  const there = { authorId: 'ada', guestName: null, deletedAt: null };
  expect(deleteRefusal(there, { personId: 'ada', moderates: false, keepsGuests: true })).toBeNull();
  expect(deleteRefusal(there, { personId: 'olga', moderates: true, keepsGuests: true })).toBeNull();
  expect(deleteRefusal(there, { personId: 'grace', moderates: false, keepsGuests: true })?.code).toBe('comment/not-yours');
  expect(deleteRefusal({ ...there, deletedAt: new Date(0) }, { personId: 'ada', moderates: false, keepsGuests: true })?.code).toBe('comment/deleted');
});

test('what a guest wrote is deleted by any member, and changed by nobody', () => {
  const outside = { authorId: 'shl_1', guestName: 'Dana', deletedAt: null };
  expect(deleteRefusal(outside, { personId: 'grace', moderates: false, keepsGuests: true })).toBeNull();
  expect(deleteRefusal(outside, { personId: 'vera', moderates: false, keepsGuests: false })?.code).toBe('comment/not-yours');
  expect(editRefusal(outside, 'grace')?.code).toBe('comment/not-yours');
});

test('members and whoever started it settle a thread; strangers do not', () => {
  const thread = { createdById: 'ada' };
  expect(mayResolve(thread, { personId: 'ada', member: false, reader: true })).toBe(true);
  expect(mayResolve(thread, { personId: 'grace', member: true, reader: true })).toBe(true);
  expect(mayResolve(thread, { personId: 'grace', member: false, reader: true })).toBe(false);
  expect(mayResolve(thread, { personId: 'ada', member: false, reader: false })).toBe(false);
});

test('a thread is found by all that was said, and its beginning by the first line', () => {
  expect(threadWords(['first\nmore', 'second'], 0)).toEqual({ title: 'first', body: 'first\nmore\n\nsecond' });
  expect(threadWords(['later'], 1)).toEqual({ title: '', body: 'later' });
});

test('each comment is of one part for search, and parts leave none out', () => {
  expect([partOf(1), partOf(50)]).toEqual([{ part: 0, from: 1, to: 50 }, { part: 0, from: 1, to: 50 }]);
  expect(partOf(51)).toEqual({ part: 1, from: 51, to: 100 });
  expect(partOf(10_000)).toMatchObject({ part: 199, to: 10_000 });
});

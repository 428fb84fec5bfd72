import { expect, test } from 'vitest';
import { commentBody, deleteRefusal, editRefusal, mayResolve, requireRoom, threadWords } from './thread.ts';

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
  const there = { authorId: 'ada', deletedAt: null };
  expect(deleteRefusal(there, { personId: 'ada', moderates: false })).toBeNull();
  expect(deleteRefusal(there, { personId: 'olga', moderates: true })).toBeNull();
  expect(deleteRefusal(there, { personId: 'grace', moderates: false })?.code).toBe('comment/not-yours');
  expect(deleteRefusal({ ...there, deletedAt: new Date(0) }, { personId: 'ada', moderates: false })?.code).toBe('comment/deleted');
});

test('members and whoever started it settle a thread; strangers do not', () => {
  const thread = { createdById: 'ada' };
  expect(mayResolve(thread, { personId: 'ada', member: false, reader: true })).toBe(true);
  expect(mayResolve(thread, { personId: 'grace', member: true, reader: true })).toBe(true);
  expect(mayResolve(thread, { personId: 'grace', member: false, reader: true })).toBe(false);
  expect(mayResolve(thread, { personId: 'ada', member: false, reader: false })).toBe(false);
});

test('a thread has an end', () => expect(() => requireRoom(1000)).toThrow(expect.objectContaining({ code: 'thread/full' })));
test('a thread is found by all that was said', () => expect(threadWords(['first\nmore', 'second'])).toEqual({ title: 'first', body: 'first\nmore\n\nsecond' }));

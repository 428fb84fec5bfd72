import { describe, expect, it, test } from 'vitest';
import { guestBody, guestName, guestRefusal, MOST_GUEST_COMMENTS, requireGuestRoom } from './guest-comment.ts';

const codeOf = (act: () => unknown): string | null => {
  try { act(); return null; } catch (refusal) { return (refusal as { code: string }).code; }
};

describe('who may comment through a link', () => {
  test.each([
    { opens: true, locked: false, guestsMayComment: true, code: null },
    { opens: true, locked: false, guestsMayComment: false, code: 'guest/not-allowed' },
    { opens: true, locked: true, guestsMayComment: true, code: 'share/locked' },
    { opens: true, locked: true, guestsMayComment: false, code: 'share/locked' },
    { opens: false, locked: false, guestsMayComment: true, code: 'share/unknown' },
    { opens: false, locked: false, guestsMayComment: false, code: 'share/unknown' },
    { opens: false, locked: true, guestsMayComment: true, code: 'share/unknown' },
    { opens: false, locked: true, guestsMayComment: false, code: 'share/unknown' },
  ])('opens $opens, locked $locked, allowed $guestsMayComment: $code', ({ code, ...situation }) => {
    expect(guestRefusal(situation)?.code ?? null).toBe(code);
  });
});

describe('what a guest gives', () => {
  it('keeps a name on one line, without marks that turn the direction of writing', () => {
    expect(guestName('  Dana \n\t Scully ')).toBe('Dana Scully');
    expect(guestName('Dana\u202Enoitartsinimda')).toBe('Dananoitartsinimda');
    expect(guestName('<b>Dana</b>')).toBe('<b>Dana</b>');
    expect(guestName('O’Brien 李 👩‍🔬')).toBe('O’Brien 李 👩‍🔬');
  });

  it('refuses no name, and more of one than a name is', () => {
    expect(['', ' \n ', '\u202E\u200F'].map((name) => codeOf(() => guestName(name)))).toEqual(['guest/name-empty', 'guest/name-empty', 'guest/name-empty']);
    expect([80, 81].map((length) => codeOf(() => guestName('x'.repeat(length))))).toEqual([null, 'guest/name-too-long']);
  });

  it('takes a comment as it is, within bounds', () => {
    expect(guestBody(' Is the drop real?\n\nI wonder. ')).toBe('Is the drop real?\n\nI wonder.');
    expect([4000, 4001].map((length) => codeOf(() => guestBody('x'.repeat(length))))).toEqual([null, 'guest/comment-too-long']);
    expect(codeOf(() => guestBody(' '))).toBe('guest/comment-empty');
  });

  it('fills a page at some time', () => {
    expect([MOST_GUEST_COMMENTS - 1, MOST_GUEST_COMMENTS].map((count) => codeOf(() => requireGuestRoom(count)))).toEqual([null, 'guest/full']);
  });
});

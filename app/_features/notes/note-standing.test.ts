import { expect, test } from 'vitest';
import { standingWords, type Standing } from './note-standing.ts';

const live: Standing = { state: 'live', saved: true, synced: true, refusal: null, tookBack: false };

test('saved is said only of what the server committed', () => {
  expect(standingWords(live).text).toBe('Saved');
  expect(standingWords({ ...live, saved: false }).text).toBe('Saving…');
  for (const state of ['connecting', 'offline', 'refused'] as const) expect(standingWords({ ...live, state }).text).not.toContain('Saved');
});

test('offline says that edits are kept and merged', () => {
  expect(standingWords({ ...live, state: 'offline', saved: false })).toEqual({ text: 'Offline — your edits are kept on this device and merged when you are back.', tone: 'wait', loud: true });
});

test('a refusal says what to do', () => {
  const refusal = { code: 'note/too-large', message: 'Take something out.' };
  expect(standingWords({ ...live, state: 'refused', refusal })).toEqual({ text: refusal.message, tone: 'bad', loud: true });
});

test('what was taken back does not hide whether the rest is saved', () => {
  expect(standingWords({ ...live, tookBack: true }).text).toBe('Saved');
  expect(standingWords({ ...live, tookBack: true, saved: false }).text).toBe('Saving…');
});

import { expect, test } from 'vitest';
import { filesText, removedSentence, requireFileDays } from './file-rule.ts';

test('files are kept for one day to ten years, or for ever', () => {
  expect([1, 90, 3650, null].map(requireFileDays)).toEqual([1, 90, 3650, null]);
  for (const days of [0, -1, 3651, 1.5, Number.NaN]) expect(() => requireFileDays(days), String(days)).toThrow('Files are kept for 1 to 3650 whole days, or for ever.');
});

test('what was removed says when, by what and how large it was', () => {
  expect(removedSentence({ removedAt: new Date('2026-12-03T23:30:00Z'), size: 1_200_000 })).toBe('Removed on 3 Dec 2026 by the project’s rule; it was 1.2 MB.');
  expect([filesText({ files: 312, bytes: 4.1e9 }), filesText({ files: 1, bytes: 5 })]).toEqual(['312 files, 4.1 GB', '1 file, 5 B']);
});

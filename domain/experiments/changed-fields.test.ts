import { expect, test } from 'vitest';
import { changedFields } from './experiment.ts';

const saw = { name: 'Mixup', description: 'Old words.', design: 'SWEEP' };
const code = (act: () => unknown): string | null => {
  try { act(); return null; } catch (refusal) { return (refusal as { code: string }).code; }
};

test('only what differs from what was seen is written, so what others changed meanwhile stays', () => {
  expect(changedFields({ ...saw, name: 'Mixup, again' }, saw, { ...saw, description: 'Words of Ada.' })).toEqual({ name: 'Mixup, again' });
  expect(changedFields(saw, saw, { ...saw, design: 'BASELINE' })).toEqual({});
});

test('two who changed one field differently: the second is told what it says now', () => {
  const now = { ...saw, description: 'Words of Ada.' };
  expect(code(() => changedFields({ ...saw, description: 'Words of Ben.' }, saw, now))).toBe('experiment/changed-underneath');
  expect(() => changedFields({ description: null }, saw, now)).toThrow(/the description meanwhile\. It says now: “Words of Ada\.”/);
  expect(changedFields({ description: 'Words of Ada.' }, saw, now)).toEqual({ description: 'Words of Ada.' });
});

test('who says nothing of what they saw writes what they give', () => {
  expect(changedFields({ description: 'Words of Ben.' }, null, { ...saw, description: 'Words of Ada.' })).toEqual({ description: 'Words of Ben.' });
  expect(changedFields({ name: 'New', description: 'Words of Ben.' }, { name: 'Mixup' }, { ...saw, description: 'Words of Ada.' })).toEqual({ name: 'New', description: 'Words of Ben.' });
});

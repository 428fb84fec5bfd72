import { expect, test } from 'vitest';
import { missingVerdict } from './missing-verdict.ts';

const of = (countedRuns: number, failedRuns: number, more: { readonly activeRunCount?: number; readonly baseline?: object | null } = {}): string =>
  missingVerdict({ baseline: null, activeRunCount: 0, evidence: { countedRuns, failedRuns, excludedRuns: 0 }, ...more });

test('where every run failed, nobody is asked to choose a baseline among them', () => {
  expect(of(0, 3)).toBe('All 3 runs failed or were stopped, so nothing was measured. The console of a run says why.');
  expect(of(0, 2)).toBe('Both runs failed or were stopped, so nothing was measured. The console of a run says why.');
  expect(of(0, 1)).toBe('The only run failed or was stopped, so nothing was measured. The console of a run says why.');
  expect(of(0, 2, { baseline: {} })).toMatch(/^Both runs failed/);
});

test('where something was measured, or still may be, it says what is missing', () => {
  expect(of(1, 2)).toMatch(/^No baseline has been chosen/);
  expect(of(0, 2, { activeRunCount: 1 })).toMatch(/^No baseline has been chosen/);
  expect(of(3, 0, { baseline: {} })).toMatch(/^Only the baseline has finished runs/);
});

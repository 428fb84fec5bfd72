import { expect, test } from 'vitest';
import { checksOf, type CheckedExperiment } from './review-checks.ts';

const GOOD: CheckedExperiment = {
  design: 'SINGLE_CHANGE', attributionWarning: null, changedVariables: [{}], baseline: {}, verdictPending: false, activeRunCount: 0,
  hypothesis: { createdAt: '2026-11-01T00:00:00.000Z', grade: 'STRONG' },
  verdict: { outcome: 'SUPPORTED', baselineRuns: 10, treatmentRuns: 10, runsNeeded: null },
  runsBeforeHypothesis: 0,
  evidence: { countedRuns: 20, excludedRuns: 0, failedRuns: 0, code: ['a91f3c2'] },
};
const stateOf = (key: string, change: Partial<CheckedExperiment>): string | undefined => checksOf({ ...GOOD, ...change }).find((check) => check.key === key)?.state;

test('an experiment with nothing to say against it passes every check', () => {
  expect(checksOf(GOOD).map((check) => check.state)).toEqual(['good', 'good', 'good', 'good', 'good', 'good']);
});

test('each doubt is raised by its own check', () => {
  expect(stateOf('attribution', { attributionWarning: 'Two variables changed.' })).toBe('bad');
  expect(stateOf('attribution', { baseline: null })).toBe('open');
  expect(stateOf('repeats', { verdict: { outcome: 'INCONCLUSIVE', baselineRuns: 1, treatmentRuns: 1, runsNeeded: 4 } })).toBe('bad');
  expect(stateOf('repeats', { verdict: { outcome: 'INCONCLUSIVE', baselineRuns: 5, treatmentRuns: 5, runsNeeded: 4 } })).toBe('open');
  expect(stateOf('settled', { activeRunCount: 2 })).toBe('open');
  expect(stateOf('settled', { verdictPending: true })).toBe('open');
  expect(stateOf('code', { evidence: { ...GOOD.evidence, code: ['a91f3c2 with uncommitted changes'] } })).toBe('bad');
  expect(stateOf('code', { evidence: { ...GOOD.evidence, code: [] } })).toBe('open');
  expect(stateOf('left-out', { evidence: { ...GOOD.evidence, failedRuns: 1 } })).toBe('open');
});

test('a hypothesis that was stated when results were there is told as such', () => {
  expect(checksOf({ ...GOOD, runsBeforeHypothesis: 8 })[0]).toMatchObject({ key: 'stated', state: 'bad', text: 'Stated after 8 of 20 runs' });
  expect(stateOf('stated', { hypothesis: null })).toBe('open');
});

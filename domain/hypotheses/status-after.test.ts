import { describe, expect, test } from 'vitest';
import { statusAfter, type HypothesisEvidence } from './status-after.ts';

const verdict = (outcome: HypothesisEvidence['verdicts'][number]['outcome'], runs = 5) => ({ outcome, baselineRuns: runs, treatmentRuns: runs });
const evidence = (...verdicts: HypothesisEvidence['verdicts']): HypothesisEvidence => ({ experiments: 2, activeRuns: 0, verdicts });

describe('the status follows the evidence', () => {
  test.each([
    ['no experiment', { experiments: 0, activeRuns: 0, verdicts: [] }, 'PROPOSED'],
    ['an experiment, no verdict yet', evidence(), 'TESTING'],
    ['one run a side', evidence(verdict('INCONCLUSIVE', 1)), 'TESTING'],
    ['open, and still running', { ...evidence(verdict('INCONCLUSIVE')), activeRuns: 1 }, 'TESTING'],
    ['open', evidence(verdict('INCONCLUSIVE')), 'INCONCLUSIVE'],
    ['supported', evidence(verdict('SUPPORTED')), 'SUPPORTED'],
    ['supported while more runs go', { ...evidence(verdict('SUPPORTED')), activeRuns: 2 }, 'SUPPORTED'],
    ['refuted', evidence(verdict('REFUTED')), 'REFUTED'],
    ['no difference worth having', evidence(verdict('EQUIVALENT')), 'REFUTED'],
    ['one supports, one is open', evidence(verdict('INCONCLUSIVE'), verdict('SUPPORTED')), 'SUPPORTED'],
    ['two contradict each other', evidence(verdict('REFUTED'), verdict('SUPPORTED')), 'INCONCLUSIVE'],
  ] as const)('%s: %s', (_what, seen, status) => {
    expect(statusAfter('TESTING', seen)).toBe(status);
    expect(statusAfter('SUPPORTED', seen)).toBe(status);
  });

  test('abandoned stays abandoned', () => expect(statusAfter('ABANDONED', evidence(verdict('SUPPORTED')))).toBe('ABANDONED'));
});

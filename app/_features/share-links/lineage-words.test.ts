import { expect, test } from 'vitest';
import type { SharedLineage } from '../../../contracts/share-page.ts';
import { setbackSentence, triedSentence } from './lineage-words.ts';

type Best = NonNullable<SharedLineage['best']>;
const step = (name: string, outcome: NonNullable<Best['steps'][number]['verdict']>['outcome'] | null): Best['steps'][number] => ({ node: 0, key: null, name, evidenceDigest: '', words: '', verdict: outcome === null ? null : { outcome, metric: 'acc', effect: 0.1, ciLow: 0.05, ciHigh: 0.15, baselineRuns: 3, treatmentRuns: 3 } });
const best = (...steps: Best['steps']): Best => ({ metric: 'acc', direction: 'INCREASE', forks: 0, steps, value: null, approval: { state: 'NONE', by: null, at: null, staleReason: null } });

test('what was tried is counted by what was found', () => {
  expect(triedSentence({ counted: { supported: 2, refuted: 4, equivalent: 0, open: 1 } })).toBe('7 experiments: 2 supported by the evidence, 4 refuted, 1 not decided.');
});

test('a step that did not help says so', () => {
  expect(setbackSentence(best(step('Mixup', 'SUPPORTED')))).toBe('');
  expect(setbackSentence(best(step('Shift', 'REFUTED'), step('Mixup', 'SUPPORTED')))).toBe('One step is not supported by the evidence: the next was built on it all the same.');
  expect(setbackSentence(best(step('Shift', 'REFUTED'), step('Warmup', null), step('Mixup', 'SUPPORTED')))).toBe('2 steps are not supported by the evidence: the next were built on them all the same.');
});

import { expect, it } from 'vitest';
import { measureSentence, usualMeaning } from './metric-words.ts';

it('says what a metric measures where its name says so, and which way is better', () => {
  expect(measureSentence({ metric: 'test_nll', direction: 'DECREASE', guardrails: ['testAcc', 'p95_latency_ms'] })).toBe('It is judged by test_nll (by its name, negative log likelihood, how little the model expects the right answers); smaller is better. What must not get worse: testAcc (by its name, accuracy, the share of cases it gets right), where larger is better; p95_latency_ms (by its name, latency, how long an answer takes), where smaller is better.');
});

it('says so where it does not know', () => {
  expect(measureSentence({ metric: 'quux', direction: 'DECREASE', guardrails: [] })).toBe('It is judged by a metric the team calls quux; smaller is better.');
  expect(measureSentence({ metric: 'quux', direction: 'INCREASE', guardrails: [] })).toContain('larger is better');
  expect(measureSentence({ metric: null, direction: null, guardrails: [] })).toBeNull();
});

it('reads whole words only', () => {
  expect(['accelerate', 'terror', 'glossary', 'macc'].map(usualMeaning)).toEqual([null, null, null, null]);
});

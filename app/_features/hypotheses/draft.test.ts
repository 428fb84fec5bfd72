import { expect, it } from 'vitest';
import { composeStatement, draftOf, EMPTY_DRAFT, gradedInputOf, inputOf, readMinEffect } from './draft.ts';

it('reads a minimum effect as people type it', () => {
  expect([' 0.5', '0,5', '.5', '1e-3', ''].map(readMinEffect)).toEqual([0.5, 0.5, 0.5, 0.001, null]);
});

it('does not take words, negative sizes or percent for a size', () => {
  expect(['much', '-0.5', '5 %', '1.2.3'].map((text) => Number.isNaN(readMinEffect(text)))).toEqual([true, true, true, true]);
});

it('makes the statement from the parts that are there', () => {
  expect(composeStatement({ statement: '', change: 'mixing pairs of digits.', metric: 'test_acc', direction: 'INCREASE', minEffect: 0.5, because: null })).toBe('Mixing pairs of digits will increase test_acc by at least 0.5');
  expect(composeStatement({ statement: '', change: null, metric: null, direction: null, minEffect: null, because: null })).toBe('Something will change the result');
});

it('sends the writer’s own words when there are some, and never the metric as its own guardrail', () => {
  const input = inputOf({ ...EMPTY_DRAFT, change: 'warm-up', metric: 'loss', ownWords: 'Warming up helps.', guardrails: ['loss', ' acc ', ''] });
  expect(input.statement).toBe('Warming up helps.');
  expect(input.guardrails).toEqual(['acc']);
});

it('takes a hypothesis up again without losing a statement that was written by hand', () => {
  const written = { statement: 'Warming up helps.', change: 'warm-up', metric: 'loss', direction: 'DECREASE' as const, minEffect: 0.1, because: null, guardrails: [] };
  expect(draftOf(written).ownWords).toBe('Warming up helps.');
  expect(draftOf({ ...written, statement: composeStatement(written) }).ownWords).toBe('');
});

it('lets the grading judge a sentence only when its writer wrote one', () => {
  expect(gradedInputOf({ ...EMPTY_DRAFT, change: 'warm-up' })).not.toHaveProperty('statement');
  expect(gradedInputOf({ ...EMPTY_DRAFT, ownWords: 'Warming up helps.' })).toHaveProperty('statement', 'Warming up helps.');
});

import { expect, test } from 'vitest';
import { effectHead, meanHead, movedWords, wayUpSentence } from './way-up.ts';

const FALL = { metric: 'loss', direction: 'DECREASE' } as const;
const RISE = { metric: 'acc', direction: 'INCREASE' } as const;

test('where a fall is hypothesised, the columns say so, and the sentence joins means and signs', () => {
  expect([meanHead(FALL, 'loss'), effectHead(FALL, 'loss')]).toEqual(['loss ↓', 'fall']);
  expect(wayUpSentence(FALL)).toBe('Hypothesised: loss falls. Left of the baseline is better; a fall below zero is a rise.');
});

test('a turned effect is said in the direction the metric went', () => {
  expect([movedWords(1, FALL, 2), movedWords(-0.928, FALL, 2), movedWords(0.001, FALL, 2)]).toEqual(['fell by 1.00', 'rose by 0.93', 'no change']);
  expect(movedWords(1, RISE, 2)).toBeNull();
});

test('where up is up, nothing is added', () => {
  expect([meanHead(RISE, 'acc'), effectHead(RISE, 'acc'), wayUpSentence(RISE), wayUpSentence(null)]).toEqual(['acc', 'effect', null, null]);
});

test('beside the means of another metric, the effect names its own', () => {
  expect([meanHead(FALL, 'acc'), effectHead(FALL, 'acc'), effectHead(RISE, 'loss'), effectHead(null, 'acc')]).toEqual(['acc', 'fall, loss', 'effect, acc', 'effect']);
});

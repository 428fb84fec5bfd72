import { expect, test } from 'vitest';
import { changesEvidence, hypothesisFrom, hypothesisWords } from './hypothesis.ts';

const full = hypothesisFrom({ statement: 'CutMix helps', change: 'CutMix', because: 'regularises', metric: 'val_acc', direction: 'INCREASE', minEffect: 0.01, guardrails: ['latency'] });

test('a statement is enough; blanks do not count', () => {
  expect(hypothesisFrom({ statement: '  CutMix helps  ', metric: ' ' })).toEqual({ statement: 'CutMix helps', change: null, because: null, metric: null, direction: null, minEffect: null, guardrails: [] });
});

test('[HY1] without a statement there is no hypothesis', () => {
  expect(() => hypothesisFrom({})).toThrow(expect.objectContaining({ code: 'hypothesis/statement-empty' }));
  expect(() => hypothesisFrom({ statement: null }, full)).toThrow(expect.objectContaining({ code: 'hypothesis/statement-empty' }));
});

test('[HY2] the minimum effect is a size', () => {
  for (const minEffect of [-0.1, Number.NaN, Infinity]) expect(() => hypothesisFrom({ statement: 's', minEffect })).toThrow(expect.objectContaining({ code: 'hypothesis/min-effect' }));
  expect(hypothesisFrom({ statement: 's', minEffect: 0 }).minEffect).toBe(0);
});

test('[HY3] the metric is not its own guardrail, and guardrails are named once', () => {
  expect(() => hypothesisFrom({ statement: 's', metric: 'loss', guardrails: ['loss'] })).toThrow(expect.objectContaining({ code: 'hypothesis/guardrail-is-metric' }));
  expect(hypothesisFrom({ statement: 's', guardrails: ['a', ' a ', ''] }).guardrails).toEqual(['a']);
  expect(() => hypothesisFrom({ statement: 's', guardrails: Array.from({ length: 21 }, (_, index) => `g${index}`) })).toThrow(expect.objectContaining({ code: 'hypothesis/guardrails-too-many' }));
});

test('what is not mentioned stays; null takes away', () => {
  expect(hypothesisFrom({ because: null }, full)).toEqual({ ...full, because: null });
  expect(hypothesisFrom({ guardrails: null }, full).guardrails).toEqual([]);
});

test('saying anything differently changes the evidence; nothing else does', () => {
  expect(changesEvidence(full, { ...full })).toBe(false);
  for (const change of [{ statement: 'x' }, { because: 'y' }, { metric: 'f1' }, { direction: 'DECREASE' as const }, { minEffect: 0.02 }, { guardrails: [] }]) expect(changesEvidence(full, { ...full, ...change })).toBe(true);
});

test('scripts and SQL are text like any other', () => {
  const text = `<script>alert('x')</script>'; DROP TABLE hypotheses; --`;
  expect(hypothesisFrom({ statement: text }).statement).toBe(text);
  expect(() => hypothesisFrom({ statement: 'a\u0000b' })).toThrow(expect.objectContaining({ code: 'hypothesis/statement-unprintable' }));
});

test('search finds it by its parts', () => expect(hypothesisWords(full)).toBe('CutMix\nregularises\nval_acc\nlatency'));

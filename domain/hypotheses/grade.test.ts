import { describe, expect, test } from 'vitest';
import { gradeHypothesis } from './grade.ts';
import type { HypothesisFields } from './hypothesis.ts';
import { statementFrom } from './statement.ts';

const whole: HypothesisFields = {
  statement: 'Mixing pairs of digits helps', change: 'mixup with alpha 0.2', because: 'it smooths the decision boundary between look-alike digits',
  metric: 'test_acc', direction: 'INCREASE', minEffect: 0.005, guardrails: ['test_loss'],
};
const words = (statement: string): HypothesisFields => ({ statement, change: null, because: null, metric: null, direction: null, minEffect: null, guardrails: [] });
const parts = (fields: HypothesisFields): string[] => gradeHypothesis(fields).reasons.map(({ part }) => part);

describe('from the parts', () => {
  test('strong with everything, guardrails or not, and then nothing is asked for', () => {
    expect(gradeHypothesis(whole)).toEqual({ grade: 'STRONG', reasons: [], statement: whole.statement });
    expect(gradeHypothesis({ ...whole, guardrails: [] })).toMatchObject({ grade: 'STRONG', reasons: [] });
  });

  test.each(['change', 'because', 'minEffect'] as const)('fair without %s, and it is asked for', (part) => {
    const graded = gradeHypothesis({ ...whole, [part]: null });
    expect(graded.grade).toBe('FAIR');
    expect(graded.reasons.map((reason) => reason.part)).toEqual([part]);
  });

  test('weak with two missing; guardrails are asked for too', () => {
    const fields = { ...whole, because: null, minEffect: null, guardrails: [] };
    expect(gradeHypothesis(fields).grade).toBe('WEAK');
    expect(parts(fields)).toEqual(['minEffect', 'because', 'guardrails']);
  });

  test.each(['metric', 'direction'] as const)('unfalsifiable without %s, whatever else is there', (part) => {
    const graded = gradeHypothesis({ ...whole, statement: 'Mixing is the way', [part]: null });
    expect(graded.grade).toBe('UNFALSIFIABLE');
    expect(graded.reasons.map((reason) => reason.part)).toEqual([part]);
  });

  test('a bar of zero is no bar', () => expect(parts({ ...whole, minEffect: 0 })).toEqual(['minEffect']));
  test.each(['tuning', 'hyperparameters', 'some changes', 'The model.'])('“%s” is no change', (change) => expect(parts({ ...whole, change })).toEqual(['change']));
  test.each(['it works better', 'because it is better', 'SOTA', 'why not', 'tbd'])('“%s” is no reason', (because) => expect(parts({ ...whole, because })).toEqual(['because']));
});

describe('from the sentence alone', () => {
  test('a whole sentence is fair: only the metric must still be named as it is logged', () => {
    const graded = gradeHypothesis(words('We believe that mixup will raise test accuracy by at least 0.5 points, because it smooths the boundary.'));
    expect(graded.grade).toBe('FAIR');
    expect(graded.reasons[0]).toEqual({ part: 'metric', message: 'The sentence speaks of accuracy. Name the metric as it is logged, so that it can be compared.' });
  });

  test.each([
    'Dropout reduces overfitting and lowers val_loss',
    'Cosine schedule will improve top-1 accuracy',
    'Larger batches cut training time by 30 %',
    'Adding label smoothing decreases ECE since the network is overconfident',
  ])('%s: can come out wrong', (statement) => expect(gradeHypothesis(words(statement)).grade).toBe('WEAK'));

  test.each([
    'Attention might help', 'Our new architecture is better', 'The model will work well', 'Let us see what happens with a larger network', 'Data augmentation improves performance',
    'Transformers generalize', 'Explore learning rates', 'Mixup may improve accuracy', 'Pretraining gives good results', 'Something will change the result', 'hello',
    'Deeper networks learn more useful features', 'test', 'We hope that distillation is promising', 'Batch norm affects accuracy', 'try out a new optimizer',
  ])('%s: cannot come out wrong', (statement) => expect(gradeHypothesis(words(statement)).grade).toBe('UNFALSIFIABLE'));

  test('a wish or a hedge is named', () => {
    expect(gradeHypothesis(words('Augmentation improves performance')).reasons[0]?.message).toMatch(/^“performance” is not something a run can measure\./);
    expect(gradeHypothesis(words('Mixup may improve accuracy')).reasons.find(({ part }) => part === 'direction')?.message).toMatch(/^With “may” every result agrees\./);
  });

  test('filled-in parts outweigh a hedged sentence', () => expect(gradeHypothesis({ ...whole, statement: 'mixup might help' }).grade).toBe('STRONG'));
});

describe('the sentence made from parts', () => {
  test('is used where none was written', () => {
    expect(gradeHypothesis({ ...whole, statement: ' ' }).statement)
      .toBe('We believe that mixup with alpha 0.2 will raise test_acc by at least 0.005, because it smooths the decision boundary between look-alike digits.');
  });
  test('leaves out what is missing', () => {
    expect(statementFrom({ change: null, metric: null, direction: null, minEffect: null, because: null })).toBe('We believe that something will change the result.');
    expect(statementFrom({ change: 'dropout.', metric: 'val_loss', direction: 'DECREASE', minEffect: null, because: null })).toBe('We believe that dropout will lower val_loss.');
  });
});

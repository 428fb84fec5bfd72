import { expect, test } from 'vitest';
import { guardrailMove } from './guardrail-words.ts';

test('a guardrail says where its metric went, not whether that was good', () => {
  expect(guardrailMove({ metric: 'val_loss', effect: 1.221, ciLow: 1.2, ciHigh: 1.242 })).toEqual({ moved: 'fell by 1.221', interval: '[1.200, 1.242]' });
  expect(guardrailMove({ metric: 'val_loss', effect: -0.5, ciLow: -0.6, ciHigh: -0.4 })).toEqual({ moved: 'rose by 0.50', interval: '[0.40, 0.60]' });
  expect(guardrailMove({ metric: 'val_acc', effect: 0.5, ciLow: null, ciHigh: null })).toEqual({ moved: 'rose by 0.500', interval: null });
  expect(guardrailMove({ metric: 'val_acc', effect: -0.5, ciLow: null, ciHigh: null })?.moved).toBe('fell by 0.500');
  expect(guardrailMove({ metric: 'val_acc', effect: null, ciLow: null, ciHigh: null })).toBeNull();
});

import { expect, test } from 'vitest';
import { tellingFirst } from './telling.ts';

test('metrics of held-out data come first, counters last, and those of the machine not at all', () => {
  expect(tellingFirst(['epoch', 'loss', 'system/cpu_utilization_percentage', 'train/accuracy', 'trainer/global_step', 'val_acc', 'latest', 'eval/loss'])).toEqual(['val_acc', 'eval/loss', 'loss', 'train/accuracy', 'latest', 'epoch', 'trainer/global_step']);
});

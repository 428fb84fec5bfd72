import { describe, expect, test } from 'vitest';
import { checkGuardrail, isBetterLower } from './guardrails.ts';

const runs = (metric: string, values: readonly number[]) => values.map((value, index) => ({ id: String(index), seed: null, values: new Map([[metric, value]]) }));

describe('which way is better is read from the name', () => {
  test.each(['val_loss', 'loss', 'eval/loss', 'p95LatencyMs', 'latency_ms', 'top1_error', 'perplexity', 'test_nll', 'RMSE', 'train_time', 'wer', 'peak memory', 'cost'])('%s: lower', (name) => {
    expect(isBetterLower(name)).toBe(true);
  });
  test.each(['accuracy', 'val_acc', 'f1', 'auc', 'throughput', 'blossom', 'glossary', 'mAP', 'bleu', 'samples_per_sec', 'timely_recall'])('%s: higher', (name) => {
    expect(isBetterLower(name)).toBe(false);
  });
});

describe('a guardrail', () => {
  const base = [0.95, 0.951, 0.949, 0.95];
  test('is broken when the interval lies wholly on the worse side', () => {
    const result = checkGuardrail('val_acc', runs('val_acc', [0.94, 0.941, 0.939, 0.94]), runs('val_acc', base));
    expect(result).toMatchObject({ status: 'broken', effect: expect.closeTo(-0.01, 10) });
    expect(result.ciHigh).toBeLessThan(0);
  });
  test('counts a rise of a cost as worse', () => {
    expect(checkGuardrail('val_loss', runs('val_loss', [0.2, 0.21, 0.19]), runs('val_loss', [0.1, 0.11, 0.09]))).toMatchObject({ status: 'broken', effect: expect.closeTo(-0.1, 10), baselineMean: expect.closeTo(0.1, 10) });
  });
  test('holds when a worsening of more than 5 % of the baseline is excluded', () => {
    expect(checkGuardrail('val_acc', runs('val_acc', [0.951, 0.949, 0.95, 0.95]), runs('val_acc', base)).status).toBe('held');
  });
  test('is unknown when the noise would hide a worsening', () => {
    expect(checkGuardrail('val_acc', runs('val_acc', [0.99, 0.8, 0.9]), runs('val_acc', [0.85, 0.95, 0.97])).status).toBe('unknown');
  });
  test('is unknown with one run, without values, and without spread', () => {
    expect(checkGuardrail('val_acc', runs('val_acc', [0.99]), runs('val_acc', base))).toMatchObject({ status: 'unknown', ciLow: null, effect: expect.closeTo(0.04, 10) });
    expect(checkGuardrail('other', runs('val_acc', base), runs('val_acc', base))).toEqual({ metric: 'other', status: 'unknown', effect: null, ciLow: null, ciHigh: null, baselineMean: null });
    expect(checkGuardrail('val_acc', runs('val_acc', [1, 1]), runs('val_acc', [1, 1])).status).toBe('unknown');
  });
});

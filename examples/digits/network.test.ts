import { expect, test } from 'vitest';
import { loadDigits } from './dataset.ts';
import { newNetwork, predict, step } from './network.ts';
import { seededRandom } from './random.ts';
import { DEFAULTS, train } from './train.ts';

test('the data is the published file, split once', () => {
  const { train: learn, test: held, digest } = loadDigits();
  expect(new Set([digest, learn.digest, held.digest]).size).toBe(3);
  expect(digest).toBe('6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8');
  expect([learn.count, held.count]).toEqual([600, 1197]);
});

test('the gradient of a step is the one finite differences find', () => {
  const network = newNetwork(4, seededRandom(3));
  const image = Float64Array.from({ length: 64 }, (_, pixel) => (pixel % 5) / 5);
  const target = new Float64Array(10);
  target[7] = 1;
  const lossAt = (weights: Float64Array): number => {
    const probabilities = new Float64Array(10);
    predict({ ...network, weights }, image, new Float64Array(4), probabilities);
    return -Math.log(probabilities[7] ?? 0);
  };
  const before = network.weights.slice();
  step(network, [{ image, target }], { learningRate: 1, momentum: 0 });
  for (const index of [3, 70, 255, 258, 265, 299]) {
    const nudged = before.slice();
    nudged[index] = (before[index] ?? 0) + 1e-6;
    const slope = (lossAt(nudged) - lossAt(before)) / 1e-6;
    expect((before[index] ?? 0) - (network.weights[index] ?? 0)).toBeCloseTo(slope, 4);
  }
});

test('a training repeats exactly from its seed, and learns', () => {
  const digits = loadDigits();
  const config = { ...DEFAULTS, epochs: 4, shift: 1, mixup_alpha: 0.2, label_smoothing: 0.1 };
  const [first, again, other] = [[...train(digits, config, 5)], [...train(digits, config, 5)], [...train(digits, config, 6)]];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(first.at(-1)?.test_acc).toBeGreaterThan(0.6);
});

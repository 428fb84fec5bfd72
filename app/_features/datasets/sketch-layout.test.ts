import { expect, test } from 'vitest';
import { layOutSketches } from './sketch-layout.ts';

const lies = (min: number, max: number) => ({ min, max, mean: (min + max) / 2, quantiles: [min, min, (min + max) / 2, max, max] });

test('two sketches share one scale, so that what is larger stands further right', () => {
  const [before, after] = layOutSketches([lies(0, 10), lies(10, 20)]);
  expect([before?.min, before?.max, after?.min, after?.max].map((place) => Math.round(place ?? -1))).toEqual([1, 50, 50, 99]);
  expect(after?.mean).toBeCloseTo(74.5);
});

test('a column of one value stands in the middle', () => {
  expect(layOutSketches([lies(7, 7)])).toMatchObject([{ min: 50, max: 50, median: 50, mean: 50 }]);
});

import { expect, test } from 'vitest';
import { bandOverRepeats } from './repeat-band.ts';

const runs = [1, 2, 3, 10].map((value) => ({ xs: [0], ys: [value] }));

test('a group is drawn with the spread that was asked for', () => {
  expect(bandOverRepeats(runs, 'range')).toMatchObject({ mean: [4], lower: [1], upper: [10], counts: [4] });
  expect(bandOverRepeats(runs, 'median')).toMatchObject({ mean: [2.5], lower: [1], upper: [10] });
  const sd = Math.sqrt(50 / 3);
  expect(bandOverRepeats(runs, 'sd').upper[0]).toBeCloseTo(4 + sd, 12);
  expect(bandOverRepeats(runs, 'se').upper[0]).toBeCloseTo(4 + sd / 2, 12);
  expect(bandOverRepeats(runs, 'ci').upper[0]).toBeCloseTo(4 + (3.182446305284263 * sd) / 2, 9);
});

test('one run has a middle and no band, whatever was asked for', () => {
  for (const spread of ['ci', 'se', 'sd', 'range', 'median'] as const) expect(bandOverRepeats(runs.slice(0, 1), spread)).toMatchObject({ mean: [1], lower: [Number.NaN], upper: [Number.NaN] });
});

import { expect, test } from 'vitest';
import { layOutWeeks } from './week-bars.ts';

test('weeks stack from zero and fill the plot up to a round number', () => {
  const { bars, yTicks } = layOutWeeks([{ key: 'a', label: 'a', colour: 'x', values: [4, 0] }, { key: 'b', label: 'b', colour: 'y', values: [6, 5] }], 2);
  expect(bars.map(({ key, y, height }) => [key, y, height])).toEqual([['a0', 60, 40], ['b0', 0, 60], ['b1', 50, 50]]);
  expect(yTicks[0]).toEqual({ at: 0, y: 100 });
});

test('nothing at all still has an axis', () => {
  const { bars, yTicks } = layOutWeeks([{ key: 'a', label: 'a', colour: 'x', values: [0, 0] }], 2);
  expect(bars).toEqual([]);
  expect(yTicks.length).toBeGreaterThan(1);
});

import { expect, test } from 'vitest';
import { layOutBest } from './best-layout.ts';
import type { ShownMilestone } from './dashboard-documents.ts';

const milestone = (day: number, mean: number, standing: ShownMilestone['standing']): ShownMilestone => ({ at: new Date(Date.UTC(2026, 0, day)).toISOString(), mean, low: mean - 0.1, high: mean + 0.1, n: 3, standing, approved: false, words: null, experiment: null });

test('the line steps at a new best, ends at today, and what is within the noise does not move it', () => {
  const layout = layOutBest([milestone(1, 0.5, 'BASELINE'), milestone(6, 0.7, 'WITHIN_NOISE'), milestone(11, 0.9, 'NEW_BEST')], Date.UTC(2026, 0, 21));
  expect(layout?.line.split('L')).toHaveLength(4);
  expect(layout?.line.endsWith(`L100 ${layout.dots[2]?.y}`)).toBe(true);
  expect(layout?.dots.map(({ x, best }) => [x, best])).toEqual([[2, true], [26, false], [50, true]]);
  expect(layout?.dots.every(({ low, y, high }) => high < y && y < low)).toBe(true);
});

test('one result is a level line', () => expect(layOutBest([milestone(1, 0.5, 'BASELINE')], Date.UTC(2026, 0, 2))?.line).toMatch(/^M2 [\d.]+L100 [\d.]+$/));
test('without results there is nothing to draw', () => expect(layOutBest([], 0)).toBeNull());

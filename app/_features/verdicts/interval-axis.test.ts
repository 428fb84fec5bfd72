import { expect, it } from 'vitest';
import { axisLabels } from './interval-axis.tsx';

const texts = (min: number, max: number, bar: number | null) => axisLabels({ min, max }, bar, '0').map((label) => label.text);

it('names both ends, no effect and the bar where there is room', () => {
  expect(texts(-1, 1, 0.5)).toEqual(['\u22121', '+1', '0', 'bar']);
});

it('leaves out what would run into zero', () => {
  expect(texts(-0.08, 0.015, 0.005)).toEqual(['\u22120.08', '0']);
});

it('gives estimates no sign', () => {
  expect(texts(0.94, 0.97, null)).toEqual(['0.94', '0.97']);
});

import { expect, it } from 'vitest';
import { requireMetricName } from './metric-name.ts';

it.each(['loss', 'val/acc', 'ünïcode 指标', 'a.b-c_d:e', '...', 'a/..b', '0'])('a metric may be called %j', (name) => {
  expect(requireMetricName(name)).toBeUndefined();
});

it.each(['', '.', '..', '/', '/a', 'a/', 'a//b', 'a/./b', '../a', 'a\0b', 'a\nb', 'a|b', '\ud800', 'x'.repeat(251)])('a metric may not be called %j', (name) => {
  expect(() => { requireMetricName(name); }).toThrow(/metric's name/);
});

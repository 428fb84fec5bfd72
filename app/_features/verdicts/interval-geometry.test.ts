import { describe, expect, it } from 'vitest';
import { effectScale, estimateScale, layOutInterval, roundUp } from './interval-geometry.ts';

describe('the interval glyph', () => {
  it('puts zero in the middle of a symmetric scale and the estimate where it belongs', () => {
    const drawn = layOutInterval({ mid: 0.5, low: 0.25, high: 0.75 }, { min: -1, max: 1 }, { bar: 0.5 });
    expect(drawn).toEqual({ zero: 50, bar: 75, zone: null, whisker: { from: 62.5, to: 87.5, cutLeft: false, cutRight: false }, dot: 75 });
  });

  it('cuts what lies beyond the scale and says on which side', () => {
    const drawn = layOutInterval({ mid: 0, low: -3, high: 0.5 }, { min: -1, max: 1 });
    expect(drawn.whisker).toEqual({ from: 0, to: 75, cutLeft: true, cutRight: false });
  });

  it('points to an interval that lies wholly beyond the scale', () => {
    const drawn = layOutInterval({ mid: -5, low: -6, high: -4 }, { min: -1, max: 1 });
    expect(drawn.whisker).toEqual({ from: 0, to: 12, cutLeft: true, cutRight: false });
    expect(drawn.dot).toBeNull();
  });

  it('draws neither dot nor whisker for a single run', () => {
    const drawn = layOutInterval({ mid: 0.7, low: null, high: null }, { min: -1, max: 1 });
    expect(drawn.dot).toBeNull();
    expect(drawn.whisker).toBeNull();
  });

  it('leaves out lines that lie outside the scale rather than drawing them at its edge', () => {
    expect(layOutInterval({ mid: 97, low: 96, high: 98 }, { min: 95, max: 99 }).zero).toBeNull();
  });
});

describe('a column of effects', () => {
  it('shares one round scale that holds zero, every interval and the bar', () => {
    expect(effectScale([{ mid: 0.83, low: 0.48, high: 1.18 }, { mid: -0.61, low: -0.98, high: -0.24 }], [0.5])).toEqual({ min: -1.5, max: 1.5 });
  });

  it('reaches at most five times as far as the usual interval, so that one runaway does not flatten the others', () => {
    const usual = Array.from({ length: 30 }, () => ({ mid: 0.1, low: -0.2, high: 0.4 }));
    expect(effectScale([...usual, { mid: 10, low: -90, high: 110 }]).max).toBe(3);
  });

  it('keeps the bar readable when one of two effects is many times larger', () => {
    expect(effectScale([{ mid: 0.0012, low: -0.0015, high: 0.0039 }, { mid: -0.049, low: -0.062, high: -0.036 }], [0.005, 0.005])).toEqual({ min: -0.03, max: 0.008 });
  });

  it('crops the side where nothing is, but keeps zero off the edge', () => {
    expect(effectScale([{ mid: 0.9, low: 0.8, high: 0.95 }], [0.5])).toEqual({ min: -0.2, max: 1 });
  });

  it('never cuts the only interval of a column', () => {
    expect(effectScale([{ mid: -0.049, low: -0.062, high: -0.036 }], [0.005]).min).toBe(-0.08);
  });

  it('has a scale even when nothing was measured yet', () => {
    expect(effectScale([])).toEqual({ min: -1, max: 1 });
    expect(estimateScale([])).toEqual({ min: 0, max: 1 });
  });

  it('does not reach below zero for values that never did', () => {
    expect(estimateScale([{ mid: 0.2, low: 0.1, high: 2 }]).min).toBe(0);
    expect(estimateScale([{ mid: -0.2, low: -0.5, high: 2 }]).min).toBeLessThan(-0.5);
  });
});

it('rounds up to numbers people count in', () => {
  expect([0.017, 0.83, 1, 3, 21].map(roundUp)).toEqual([0.02, 1, 1, 3, 30]);
});

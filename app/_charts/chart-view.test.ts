import { expect, test } from 'vitest';
import { chartViewFrom, chartViewParams, overrideFrom, overrideText, zoomFrom, zoomText } from './chart-view.ts';

const VIEW = { xKind: 'step', xLog: true, yKind: 'log', smoothing: { kind: 'ema', weight: 0.6 }, clip: true } as const;

test('what the address says of a chart is read back from it', () => {
  const params = chartViewParams(VIEW, VIEW);
  expect(chartViewFrom({ get: (name) => params[name] ?? null })).toEqual(VIEW);
});

test('a window is kept to a thousandth of itself, and survives being read and written again', () => {
  expect(zoomText([2.123456, 18.987654])).toBe('2.12~18.99');
  expect(zoomText([1_763_900_000_000.4, 1_763_900_600_000.2])).toBe('1763900000000~1763900600000');
  const text = zoomText([0.0012345, 0.0012399]);
  expect(zoomText(zoomFrom(text))).toBe(text);
  expect(zoomText(null)).toBeNull();
});

test('an odd window shows everything', () => {
  for (const odd of [null, '', '3', '3~', '~3', '5~2', '1~2~3', 'a~b', '1~Infinity']) expect(zoomFrom(odd)).toBeNull();
});

test('a window in steps does not outlive the axis of steps', () => {
  expect(chartViewParams({ ...VIEW, xKind: 'time' }, VIEW)).toMatchObject({ x: 'time', zoom: null });
  expect(chartViewParams({ ...VIEW, clip: false }, VIEW)).not.toHaveProperty('zoom');
});

test('what one chart does otherwise is said in words and read back from them', () => {
  for (const own of [{ yKind: 'log' }, { yKind: 'linear', clip: false }, { smoothing: { kind: 'none' } }, { smoothing: { kind: 'gauss', sigma: 5 }, clip: true }, { smoothing: { kind: 'mean', points: 9 } }] as const) {
    expect(overrideFrom(overrideText(own) ?? '')).toEqual(own);
  }
  expect(overrideText({})).toBeNull();
  expect(overrideFrom('nonsense;;y-cubic')).toEqual({});
});

test('a time of day has no logarithm', () => {
  const params: Readonly<Record<string, string>> = { x: 'time', xlog: '1' };
  expect(chartViewFrom({ get: (name) => params[name] ?? null }).xLog).toBe(false);
});

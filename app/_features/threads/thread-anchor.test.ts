import { expect, test } from 'vitest';
import { anchorFrom, anchorText } from './thread-anchor.ts';

test('an anchor that is understood is read, anything else points at the whole', () => {
  expect(anchorFrom({ kind: 'verdict' })).toEqual({ kind: 'verdict' });
  expect(anchorFrom({ kind: 'point', metric: 'acc', step: 18, more: 1 })).toEqual({ kind: 'point', metric: 'acc', step: 18 });
  for (const odd of [null, 'verdict', 3, [], {}, { kind: 'other' }, { kind: 'point', metric: 'acc' }, { kind: 'point', metric: 'acc', step: Number.NaN }]) expect(anchorFrom(odd)).toBeNull();
});

test('an anchor is said in words', () => {
  expect(anchorText({ kind: 'point', metric: 'acc', step: 18 })).toBe('on acc, step 18');
  expect(anchorText(null)).toBe('');
});

test('a crop comes along when it can be drawn, and the place is kept when it cannot', () => {
  const crop = { lines: [{ label: 'acc', colour: 1, steps: [17, 18], values: [0.1, 0.2] }], log: false, drawnFrom: 'ab12' };
  expect(anchorFrom({ kind: 'point', metric: 'acc', step: 18, crop })).toEqual({ kind: 'point', metric: 'acc', step: 18, crop });
  expect(anchorFrom({ kind: 'point', metric: 'acc', step: 18, crop: { lines: 3 } })).toEqual({ kind: 'point', metric: 'acc', step: 18 });
});

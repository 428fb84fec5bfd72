import { expect, test } from 'vitest';
import { cropFrom, MOST_CROP_LINES, MOST_CROP_POINTS } from './chart-crop.ts';
import { threadAnchor } from './anchor.ts';

const LINE = { label: 'baseline', colour: 0, steps: [1, 2, 3], values: [0.5, null, 0.7] };
const BANDED = { label: 'mixup', colour: 1, steps: [1, 2], values: [0.5, 0.6], low: [0.4, null], high: [0.6, null] };
const CROP = { lines: [LINE, BANDED], log: false, drawnFrom: '7f3ac21e' };

test('a crop is read back as it was kept', () => expect(cropFrom(CROP)).toEqual(CROP));

test('what is no crop, or too large for one, is none', () => {
  const many = Array.from({ length: MOST_CROP_POINTS + 1 }, (_, step) => step);
  for (const odd of [
    null, 'crop', [], {}, { ...CROP, lines: [] }, { ...CROP, lines: Array.from({ length: MOST_CROP_LINES + 1 }, () => LINE) }, { ...CROP, log: 'no' }, { ...CROP, drawnFrom: 'x'.repeat(81) },
    ...[{ label: 3 }, { label: 'x'.repeat(81) }, { colour: 9 }, { colour: 1.5 }, { steps: [] }, { steps: [1, 1, 2] }, { values: [1] }, { values: [1, 2, 'NaN'] }, { low: [1, 2, 3] }, { steps: many, values: many }].map((change) => ({ ...CROP, lines: [{ ...LINE, ...change }] })),
  ]) expect(cropFrom(odd)).toBeNull();
});

test('at the door an anchor with a crop that cannot be drawn is refused, and one as large as a crop may be is kept', () => {
  expect(() => threadAnchor({ kind: 'point', metric: 'acc', step: 3, crop: { lines: 'all' } })).toThrow(expect.objectContaining({ code: 'thread/anchor' }));
  const steps = Array.from({ length: MOST_CROP_POINTS }, (_, place) => 1_000_000 + 1000 * place);
  const values = steps.map(() => -1.2345e-12);
  const largest = { kind: 'point', metric: 'm'.repeat(250), step: 3, crop: { ...CROP, lines: Array.from({ length: MOST_CROP_LINES }, () => ({ label: 'x'.repeat(40), colour: 1, steps, values, low: values, high: values })) } };
  expect(threadAnchor(largest)).toEqual(largest);
});

import { expect, test } from 'vitest';
import { UnpackedRows } from './unpacked-rows.ts';

const row = (points: number) => [{ steps: new BigInt64Array(points), timestamps: new BigInt64Array(points), values: new Float64Array(points) }];

test('unpacked rows are kept by version up to a bound, those used last the longest', () => {
  const rows = new UnpackedRows(24 * 10);
  const [a, b, c] = [row(4), row(4), row(4)];
  rows.keep('a', a);
  rows.keep('b', b);
  expect(rows.get('a')).toBe(a);
  rows.keep('c', c);
  expect([rows.get('a'), rows.get('b'), rows.get('c')]).toEqual([a, undefined, c]);
  rows.keep('too large', row(11));
  expect([rows.get('a'), rows.get('too large')]).toEqual([a, undefined]);
});

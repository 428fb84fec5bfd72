import { expect, test } from 'vitest';
import { BENCHES } from './benches.ts';

const total = (kind: 'quick' | 'full'): number => BENCHES.reduce((sum, bench) => sum + bench.seconds[kind], 0);

test('all benches together may take nine minutes quick, and forty-five full', () => {
  expect(total('quick')).toBeLessThanOrEqual(540);
  expect(total('full')).toBeLessThanOrEqual(2700);
});

test('no two benches have one name', () => {
  expect(new Set(BENCHES.map(({ name }) => name)).size).toBe(BENCHES.length);
});

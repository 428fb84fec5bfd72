import { expect, test } from 'vitest';
import { BENCHES } from './benches.ts';

const total = (kind: 'quick' | 'full'): number => BENCHES.reduce((sum, bench) => sum + bench.seconds[kind], 0);

test('all benches together may take eight minutes quick, and forty full', () => {
  expect(total('quick')).toBeLessThanOrEqual(480);
  expect(total('full')).toBeLessThanOrEqual(2400);
});

test('no two benches have one name', () => {
  expect(new Set(BENCHES.map(({ name }) => name)).size).toBe(BENCHES.length);
});

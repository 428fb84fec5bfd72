import { expect, test } from 'vitest';
import { movedOn, seenText, type Seen } from './seen.ts';

const verdict = (effect: number): Seen => ({ kind: 'verdict', outcome: 'SUPPORTED', metric: 'acc', effect, ciLow: 0.1, ciHigh: 0.5 });

test('what stands there still has not moved, whatever the order of its fields', () => {
  expect(movedOn({ kind: 'file', sha256: 'ab', size: 3 }, { size: 3, sha256: 'ab', kind: 'file' })).toBe(false);
  expect(movedOn(verdict(0.3), verdict(0.3))).toBe(false);
  expect(movedOn(null, verdict(0.3))).toBe(false);
});

test('another value, and none at all, have moved on', () => {
  expect(movedOn(verdict(0.3), verdict(0.1))).toBe(true);
  expect(movedOn({ kind: 'values', values: ['1', '2'] }, { kind: 'values', values: ['1', null] })).toBe(true);
  expect(movedOn({ kind: 'value', value: '0.1' }, null)).toBe(true);
});

test('it is said in words', () => {
  expect(seenText(verdict(0.31))).toBe('supported, +0.31 [+0.1, +0.5]');
  expect(seenText({ kind: 'verdict', outcome: null, metric: null, effect: null, ciLow: null, ciHigh: null })).toBe('no verdict yet');
  expect(seenText({ kind: 'values', values: ['0.1', null] })).toBe('0.1 · unset');
  expect(seenText({ kind: 'file', sha256: 'abcdef0123', size: 12 })).toBe('12 bytes, abcdef01');
  expect(seenText({ kind: 'quote', quote: 'as it was' })).toBe('“as it was”');
  expect(seenText({ kind: 'data', mark: 'x' })).toBeNull();
});

import { expect, test } from 'vitest';
import { cropped, samePlace } from './thread-anchor.ts';

test('a crop comes along where there is one', () => {
  const crop = { lines: [{ label: 'acc', colour: 1, steps: [17, 18], values: [0.1, 0.2] }], log: false, drawnFrom: 'ab12' };
  expect(cropped(crop)).toEqual({ crop });
  expect([cropped(null), cropped(undefined)]).toEqual([{}, {}]);
});

test('threads at one place are told from those beside it', () => {
  expect(samePlace({ kind: 'config', key: 'lr' }, { kind: 'config', key: 'lr' })).toBe(true);
  expect(samePlace({ kind: 'config', key: 'lr' }, { kind: 'config', key: 'lr', run: 'r1' })).toBe(false);
  expect(samePlace({ kind: 'artifact', path: 'a', line: 3 }, { kind: 'artifact', path: 'a' })).toBe(true);
  expect(samePlace({ kind: 'comparison', of: 'config', name: 'lr', runs: ['a', 'b'] }, { kind: 'comparison', of: 'config', name: 'lr', runs: ['a', 'b'] })).toBe(true);
  expect(samePlace({ kind: 'comparison', of: 'config', name: 'lr', runs: ['a', 'b'] }, { kind: 'comparison', of: 'config', name: 'lr', runs: ['a', 'c'] })).toBe(false);
  expect(samePlace({ kind: 'code', name: 'commit', runs: ['a'] }, { kind: 'comparison', of: 'code', name: 'commit', runs: ['a'] })).toBe(false);
  expect(samePlace({ kind: 'verdict' }, { kind: 'verdict' })).toBe(false);
});

import { expect, test } from 'vitest';
import { anchorFrom, anchorText, liesOutside, runsOfAnchor, threadAnchor } from './anchor.ts';

const refused = expect.objectContaining({ code: 'thread/anchor' }) as Error;

test.each([
  [{ kind: 'verdict' }, 'on the verdict'],
  [{ kind: 'variants' }, 'on the variants'],
  [{ kind: 'review', review: 'rev_1' }, 'on a review'],
  [{ kind: 'point', metric: 'acc', step: 18 }, 'on acc, step 18'],
  [{ kind: 'range', metric: 'acc', from: 2, to: 9, run: 'r1' }, 'on acc, steps 2 to 9'],
  [{ kind: 'range', metric: 'acc', from: 9.597731504646987, to: 18.46481285449521 }, 'on acc, steps 10 to 18'],
  [{ kind: 'range', metric: 'acc', from: 1.2, to: 1.4 }, 'on acc, step 1'],
  [{ kind: 'point', metric: 'acc', step: 17.6 }, 'on acc, step 18'],
  [{ kind: 'config', key: 'lr' }, 'on lr'],
  [{ kind: 'artifact', path: 'plots/a.png' }, 'on plots/a.png'],
  [{ kind: 'artifact', path: 'train.py', line: 7, quote: 'lr = 0.1' }, 'on train.py, line 7'],
  [{ kind: 'code', name: 'commit', runs: ['r1', 'r2'] }, 'on the code\'s commit'],
  [{ kind: 'code', name: 'train.py', runs: ['r1', 'r2'], line: 3, quote: '+ lr = 0.2' }, 'on the code\'s train.py, line 3'],
  [{ kind: 'comparison', of: 'config', name: 'lr', runs: ['r1', 'r2'] }, 'on lr, compared'],
  [{ kind: 'text', from: 'AAEC', to: 'AAED', quote: 'the passage' }, 'on a passage'],
])('%j is a place, and is said "%s"', (anchor, words) => {
  expect(threadAnchor(anchor)).toEqual(anchor);
  expect(anchorText(threadAnchor(anchor))).toBe(words);
});

test.each([
  'verdict', 7, ['a'], {}, { kind: 'elsewhere' }, { kind: 'constructor' }, { kind: 'toString' }, { kind: ['verdict'] },
  { kind: 'point', metric: 'acc' }, { kind: 'point', metric: '', step: 1 }, { kind: 'point', metric: 'acc', step: Number.NaN }, { kind: 'point', metric: 'x'.repeat(501), step: 1 },
  { kind: 'range', metric: 'acc', from: 9, to: 2 }, { kind: 'range', metric: 'acc', from: 2, to: 2 },
  { kind: 'config' }, { kind: 'artifact', path: '' }, { kind: 'code', name: 'commit' }, { kind: 'code', name: 'commit', runs: [] }, { kind: 'code', name: 'commit', runs: [3] },
  { kind: 'comparison', of: 'weather', name: 'lr', runs: ['r1'] }, { kind: 'text', from: '<b>', to: 'AA', quote: 'q' }, { kind: 'text', from: 'AA', to: 'AA', quote: '' },
  { kind: 'artifact', path: 'train.py', line: 0 }, { kind: 'artifact', path: 'train.py', line: 2.5 }, { kind: 'artifact', path: 'train.py', line: -1, quote: 'x' }, { kind: 'artifact', path: 'train.py', line: '7' }, { kind: 'artifact', path: 'train.py', line: 2 ** 53 },
  { kind: 'code', name: 'train.py', runs: ['r1'], line: 1.5 },
  { kind: 'verdict', more: 'x'.repeat(5000) }, { kind: 'verdict', more: '\u0000' },
])('%j is no place', (json) => {
  expect(() => threadAnchor(json)).toThrow(refused);
  expect(anchorFrom(json)).toBeNull();
});

test('the first way of saying a point is understood; nothing said is the whole', () => {
  expect(threadAnchor({ kind: 'chart', metric: 'acc', step: 3 })).toEqual({ kind: 'point', metric: 'acc', step: 3 });
  expect(threadAnchor(undefined)).toBeNull();
  expect(anchorText(null)).toBe('');
});

test('what else a client says is not kept', () => expect(threadAnchor({ kind: 'verdict', html: '<script>' })).toEqual({ kind: 'verdict' }));

test('an anchor knows which runs it names', () => {
  expect(runsOfAnchor({ kind: 'verdict' })).toEqual([]);
  expect(runsOfAnchor({ kind: 'point', metric: 'a', step: 1, run: 'r1' })).toEqual(['r1']);
  expect(runsOfAnchor({ kind: 'code', name: 'commit', runs: ['r1', 'r2'] })).toEqual(['r1', 'r2']);
});

test('a point lies on the steps that were logged, and a range may reach over them', () => {
  const steps = { first: 2, last: 19 };
  const point = (step: number) => liesOutside({ kind: 'point', metric: 'a', step }, steps);
  const range = (from: number, to: number) => liesOutside({ kind: 'range', metric: 'a', from, to }, steps);
  expect([2, 7.5, 19].map(point)).toEqual([false, false, false]);
  expect([1, 20, 1e300, -1e300].map(point)).toEqual([true, true, true, true]);
  expect([range(0, 2), range(19, 500), range(0, 500)]).toEqual([false, false, false]);
  expect([range(0, 1), range(20, 500)]).toEqual([true, true]);
});

import { expect, test } from 'vitest';
import { linePins, type TalkedAbout } from './line-pins.ts';

const thread = (number: number, anchor: TalkedAbout['anchor']): TalkedAbout => ({ id: `thr_${number}`, number, anchor, comments: 1, discussion: '/r/a?tab=discussion' });
const file = { path: 'train.py', run: 'a', lines: ['import torch', 'lr = 0.1', 'train()'], cut: false };
const shown = (threads: readonly TalkedAbout[], of = file) => [...linePins(threads, of, 'a')].map(([line, pins]) => [line, ...pins.map((pin) => [pin.thread.number, pin.changed])]);

test('a thread stands at its line, at the line its quote moved to, or where the quote was and is no more', () => {
  expect(shown([
    thread(1, { kind: 'artifact', path: 'train.py', run: 'a', line: 2, quote: 'lr = 0.1' }),
    thread(2, { kind: 'artifact', path: 'train.py', line: 9, quote: 'train()' }),
    thread(3, { kind: 'artifact', path: 'train.py', run: 'a', line: 2, quote: 'lr = 0.3' }),
    thread(4, { kind: 'artifact', path: 'train.py', run: 'a', line: 40, quote: 'gone' }),
  ])).toEqual([[2, [1, false], [3, true]], [3, [2, false], [4, true]]]);
});

test('threads elsewhere are not shown: of another run, another file, the whole file, or beyond what was read', () => {
  expect(shown([
    thread(1, { kind: 'artifact', path: 'train.py', run: 'b', line: 2, quote: 'lr = 0.1' }),
    thread(2, { kind: 'artifact', path: 'other.py', run: 'a', line: 2, quote: 'lr = 0.1' }),
    thread(3, { kind: 'artifact', path: 'train.py', run: 'a' }),
    thread(4, { kind: 'verdict' }),
  ])).toEqual([]);
  expect(shown([thread(5, { kind: 'artifact', path: 'train.py', run: 'a', line: 900, quote: 'later' })], { ...file, cut: true })).toEqual([]);
});

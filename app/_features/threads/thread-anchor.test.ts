import { expect, test } from 'vitest';
import { cropped, lineHref, lineWords, samePlace } from './thread-anchor.ts';

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

test('a thread on a line says what became of the line', () => {
  const anchor = { kind: 'artifact', path: 'src/train.py', run: 'r1', line: 7, quote: 'lr = 0.1' } as const;
  const words = (line: { readonly number: number | null } | null, now: string | null = '12 bytes', movedOn = true) => lineWords(anchor, { movedOn, now, line });
  expect(words({ number: 7 }, '12 bytes', false)).toBeNull();
  expect(words({ number: 7 })).toBe('The file has changed since, this line has not.');
  expect(words({ number: 9 })).toBe('The file has changed since. This is line 9 now.');
  expect(words({ number: null })).toBe('This line has changed since.');
  expect(words(null)).toBe('The file has changed since.');
  expect(words(null, null)).toBe('The file is gone.');
});

test('the way to a line is the page of the run whose file it is', () => {
  expect(lineHref({ kind: 'artifact', path: 'src/a b.py', run: 'r1', line: 7 }, 9)).toBe('/r/r1?tab=artifacts&file=src%2Fa+b.py&line=9');
  expect(lineHref({ kind: 'artifact', path: 'a.py', line: 7 }, 7)).toBeNull();
});

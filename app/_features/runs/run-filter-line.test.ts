import { expect, test } from 'vitest';
import { problemIn } from './run-filter-line.tsx';

test('a filter that cannot be read is marked where it was typed, whatever the page put before it', () => {
  const failure = { code: 'BAD_USER_INPUT', reason: 'search/bad-filter', message: 'At position 30: expected a number.' };
  expect(problemIn(failure, 0)).toEqual({ at: 29, message: 'expected a number.' });
  expect(problemIn(failure, 20)).toEqual({ at: 9, message: 'expected a number.' });
  expect(problemIn({ ...failure, reason: 'other/reason' }, 0)).toBeNull();
  expect(problemIn(null, 0)).toBeNull();
});

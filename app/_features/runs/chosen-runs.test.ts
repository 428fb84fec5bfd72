import { expect, test } from 'vitest';
import { actionWords, chosenRuns } from './chosen-runs.ts';

const ROWS = [{ id: 'a', excluded: null }, { id: 'b', excluded: { reason: 'crashed' } }, { id: 'c', excluded: null }];

test('only what counts can be excluded, and only what was excluded can be included', () => {
  const { counting, excluded } = chosenRuns(ROWS, new Set(['a', 'b']));
  expect([counting.map(({ id }) => id), excluded.map(({ id }) => id)]).toEqual([['a'], ['b']]);
  expect(chosenRuns(ROWS, new Set(['b'])).counting).toEqual([]);
});

test('a choice of both kinds says how many each button means', () => {
  expect([actionWords('Exclude', 2, 0), actionWords('Exclude', 2, 1)]).toEqual(['Exclude', 'Exclude 2']);
});

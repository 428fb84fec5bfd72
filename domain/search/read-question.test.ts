import { expect, it } from 'vitest';
import { readQuestion } from './read-question.ts';

it.each(['params.lr < 0.1', 'verdict = supported', 'changed param lr', '(descendant of VIS-1)'])('reads %s as a filter', (text) => {
  expect(readQuestion(text)).toEqual({ kind: 'filter' });
});

it.each(['', 'augmentation', 'cosine annealing', 'VIS-12', 'what changed', 'not this'])('reads %s as words', (text) => {
  expect(readQuestion(text)).toEqual({ kind: 'words', nearly: null });
});

it.each([['params.lr <', 'At position 12: expected'], ['lr = 0.1', 'At position 1: lr is no attribute'], ['changed lr', 'At position 9: expected param']])('says what is wrong with %s, that looks like a filter', (text, problem) => {
  expect(readQuestion(text)).toMatchObject({ kind: 'words', nearly: expect.stringContaining(problem) as string });
});

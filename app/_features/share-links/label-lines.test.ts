import { expect, test } from 'vitest';
import { labelLines } from './label-lines.ts';

test('words are broken at blanks, and what has no room ends in an ellipsis', () => {
  const two = { width: 20 * 6, most: 2 };
  expect(labelLines('Mixup', two)).toEqual(['Mixup']);
  expect(labelLines('mixup raises the accuracy', two)).toEqual(['mixup raises the', 'accuracy']);
  expect(labelLines('mixup raises the accuracy on held-out digits by much', two)).toEqual(['mixup raises the', 'accuracy on held-ou…']);
});

test('a long word is broken where the line ends; a narrow place still says something', () => {
  expect(labelLines('augmentation=shift+rotate', { width: 20 * 6, most: 2 })).toEqual(['augmentation=shift+r', 'otate']);
  expect(labelLines('augmentation', { width: 1, most: 1 })).toEqual(['aug…']);
  expect(labelLines('🌱🌱🌱🌱🌱🌱', { width: 1, most: 1 })).toEqual(['🌱🌱🌱…']);
  expect(labelLines('', { width: 100, most: 2 })).toEqual(['']);
});

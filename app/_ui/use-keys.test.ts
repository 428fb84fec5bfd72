import { expect, it } from 'vitest';
import { continueSequence, nameOfPress } from './use-keys.ts';

const known = ['mod+k', 'n', '?', 'g h', 'g p'];

it('waits for the second key of a sequence and then finds it', () => {
  expect(continueSequence(null, 'g', known)).toEqual({ found: null, pending: 'g' });
  expect(continueSequence('g', 'h', known)).toEqual({ found: 'g h', pending: null });
});

it('takes a key that does not continue the sequence as a key of its own', () => {
  expect(continueSequence('g', 'n', known)).toEqual({ found: 'n', pending: null });
  expect(continueSequence('g', 'x', known)).toEqual({ found: null, pending: null });
});

it('names a press by its character, with the platform’s command key as mod', () => {
  const plain = { metaKey: false, ctrlKey: false, altKey: false };
  expect(nameOfPress({ ...plain, key: '?' })).toBe('?');
  expect(nameOfPress({ ...plain, key: 'N' })).toBe('n');
  expect(nameOfPress({ ...plain, metaKey: true, key: 'k' })).toBe('mod+k');
  expect(nameOfPress({ ...plain, ctrlKey: true, key: 'K' })).toBe('mod+k');
});

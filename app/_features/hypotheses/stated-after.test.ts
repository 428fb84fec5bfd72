import { expect, it } from 'vitest';
import { statedAfter } from './stated-after.ts';

it('says how many results were there when the hypothesis was stated, and nothing when there were none', () => {
  expect(statedAfter(0, 10)).toBeNull();
  expect(statedAfter(8, 10)).toBe('stated after 8 of 10 runs');
  expect(statedAfter(10, 10)).toBe('stated after all 10 runs');
  expect(statedAfter(1, 1)).toBe('stated after its run');
});

import { expect, it } from 'vitest';
import { neededRepeats } from './needed-repeats.ts';

it('promises a decision only where there is an interval; with one run a side, repeats show how large chance is', () => {
  expect(neededRepeats({ outcome: 'INCONCLUSIVE', ciLow: null, runsNeeded: 2 })).toBe('2 more repeats a side would show how large chance is');
  expect(neededRepeats({ outcome: 'INCONCLUSIVE', ciLow: -0.1, runsNeeded: 1 })).toBe('1 more repeat a side would very likely decide');
  expect(neededRepeats({ outcome: 'INCONCLUSIVE', ciLow: -0.1, runsNeeded: null })).toBeNull();
  expect(neededRepeats({ outcome: 'SUPPORTED', ciLow: 0.1, runsNeeded: 3 })).toBeNull();
});

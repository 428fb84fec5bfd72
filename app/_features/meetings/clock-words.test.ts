import { expect, it } from 'vitest';
import { minutesAndSeconds, minutesWords, timeLeft } from './clock-words.ts';

it('shows time as a clock does', () => {
  expect([0, 9, 61, 372, 3600].map(minutesAndSeconds)).toEqual(['0:00', '0:09', '1:01', '6:12', '60:00']);
  expect([20, 300].map(minutesWords)).toEqual(['1 min', '5 min']);
});

it('says what is left, and calmly what is over', () => {
  expect(timeLeft(600, 228)).toEqual({ text: '6:12', spoken: '6 minutes 12 seconds left for this item', over: false });
  expect(timeLeft(300, 372)).toEqual({ text: '+1:12', spoken: '1 minutes 12 seconds over the time for this item', over: true });
  expect(timeLeft(300, 300).over).toBe(false);
});

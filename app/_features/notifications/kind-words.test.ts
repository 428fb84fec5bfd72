import { expect, test } from 'vitest';
import { HAPPENING_KINDS } from '../../../domain/notifications/happening.ts';
import { clockOf, KINDS_IN_ORDER, minuteFrom } from './kind-words.ts';

test('every kind can be chosen', () => expect(new Set(KINDS_IN_ORDER)).toEqual(new Set(HAPPENING_KINDS)));

test('a minute of the day is read back as it was shown', () => {
  for (const minute of [0, 59, 60, 480, 1439]) expect(minuteFrom(clockOf(minute))).toBe(minute);
  for (const odd of ['', '8:00', '24:00', 'noon']) expect(minuteFrom(odd), odd).toBeNull();
});

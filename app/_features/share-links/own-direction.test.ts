import { expect, it } from 'vitest';
import { hopedWords, ownChange, ownInterval, ownScale } from './own-direction.ts';
import { barLabel } from './share-words.ts';

const [fall, rise] = [{ direction: 'DECREASE', minEffect: 0.05 }, { direction: 'INCREASE', minEffect: 0.05 }] as const;
/** It went the wrong way: effects are turned. */
const worse = { mid: -0.1295, low: -0.15, high: -0.11 };

it('gives a change the sign that the metric’s own has, its interval, bar and scale with it', () => {
  expect([ownChange(-0.1295, fall), ownChange(-0.1295, rise), ownChange(null, fall)]).toEqual([0.1295, -0.1295, null]);
  expect([ownInterval(worse, fall), ownInterval(worse, rise)]).toEqual([{ mid: 0.1295, low: 0.11, high: 0.15 }, worse]);
  expect([barLabel(fall), barLabel(rise)]).toEqual(['our bar, −0.05', 'our bar, 0.05']);
  const [down, up] = [ownScale([worse], fall, false), ownScale([worse], rise, false)];
  expect(down).toEqual({ min: -up.max, max: -up.min });
  expect([down.max > 0.15, down.min < -0.05]).toEqual([true, true]);
  const whole = ownScale([worse], fall, true);
  expect(whole.min).toBe(-whole.max);
});

it('says what the sign means where less is better', () => {
  expect(hopedWords(ownInterval(worse, fall), fall)).toBe(' (it rose; a fall was hoped for)');
  expect(hopedWords(ownInterval({ mid: 0.13, low: 0.11, high: 0.15 }, fall), fall)).toBe(' (it fell, as was hoped for)');
  expect([hopedWords({ mid: 0, low: -1, high: 1 }, fall), hopedWords(null, fall), hopedWords(worse, rise)]).toEqual([' (a fall is hoped for)', ' (a fall is hoped for)', '']);
});

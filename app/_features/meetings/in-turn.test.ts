import { expect, test } from 'vitest';
import { inTurn } from './in-turn.ts';

interface Said { readonly item?: string; readonly place: number }

/** A line on which answers come when the test lets them. */
function slowLine() {
  const heard: Said[] = [];
  const answers: ((was: boolean) => void)[] = [];
  const say = inTurn<Said>((said) => { heard.push(said); return new Promise((resolve) => answers.push(resolve)); });
  return { say, heard, answer: async (was: boolean) => { answers.shift()?.(was); await Promise.resolve().then(() => {}).then(() => {}).then(() => {}); } };
}

test('what is said while something is on its way waits, and goes as one', async () => {
  const { say, heard, answer } = slowLine();
  const first = say({ item: 'b', place: 0 });
  void say({ item: 'a', place: 0 });
  const last = say({ place: 7 });
  expect(heard).toEqual([{ item: 'b', place: 0 }]);
  await answer(true);
  expect(heard).toEqual([{ item: 'b', place: 0 }, { item: 'a', place: 7 }]);
  await answer(true);
  expect([await first, await last]).toEqual([true, true]);
});

test('whether the last was heard is the answer to all who wait, and the next starts anew', async () => {
  const { say, heard, answer } = slowLine();
  const first = say({ item: 'b', place: 0 });
  const second = say({ item: 'a', place: 0 });
  await answer(true);
  await answer(false);
  expect([await first, await second]).toEqual([false, false]);
  const third = say({ place: 1 });
  await answer(true);
  expect(await third).toBe(true);
  expect(heard.at(-1)).toEqual({ place: 1 });
});

test('a line that breaks is an answer too', async () => {
  const say = inTurn<Said>(() => Promise.reject(new Error('gone')));
  expect(await say({ place: 0 })).toBe(false);
});

import { expect, test } from 'vitest';
import { CurveStore, type ReadCurves, type Window } from './curve-store.ts';
import { variantCurve } from './variant-curves.ts';
import type { Spread } from '../../_charts/spread.ts';

interface Asked { readonly keys: readonly string[]; readonly window: Window | null; readonly answer: (read: ReadCurves) => Promise<void> }

/** A store whose frames pass and whose readings are answered when the test says so. */
function newStore(options: { readonly most?: number; readonly mostPoints?: number } = {}) {
  const frames: (() => void)[] = [];
  const asked: Asked[] = [];
  const read = (keys: readonly string[], window: Window | null): Promise<ReadCurves> => {
    const { promise, resolve } = Promise.withResolvers<ReadCurves>();
    asked.push({ keys, window, answer: async (answer) => { resolve(answer); await promise; await Promise.resolve(); } });
    return promise;
  };
  const frame = (): void => { for (const act of frames.splice(0)) act(); };
  return { store: new CurveStore({ read, soon: (act) => frames.push(act), most: options.most ?? 16 }, options.mostPoints), asked, frame };
}

const points = (key: string, steps: readonly number[], count = steps.length) => ({ key, count, steps, timestamps: steps.map((step) => step * 1_000), values: steps.map((step) => step / 10) });
const read = (...series: readonly ReturnType<typeof points>[]): ReadCurves => ({ runs: [{ id: 'r', start: null, series }], problem: null });
const stepsOf = (store: CurveStore, key: string): readonly number[] | undefined => store.curves(key).curves.get('r')?.steps;

test('charts that come into view together are one question', async () => {
  const { store, asked, frame } = newStore();
  for (const key of ['a', 'b', 'c']) store.want(key);
  frame();
  expect(asked.map(({ keys }) => keys)).toEqual([['a', 'b', 'c']]);
  await asked[0]?.answer(read(points('a', [0, 1]), points('b', [0])));
  expect(stepsOf(store, 'a')).toEqual([0, 1]);
  expect(store.curves('c')).toMatchObject({ state: 'there', problem: null });
  frame();
  expect(asked).toHaveLength(1);
});

test('what was scrolled past before its turn came is never read', async () => {
  const { store, asked, frame } = newStore({ most: 2 });
  store.want('a');
  frame();
  const passed = store.want('passed');
  store.want('b');
  passed();
  await asked[0]?.answer(read(points('a', [0])));
  frame();
  expect(asked[1]?.keys).toEqual(['b']);
});

test('more than fits into one question is asked in turns, one at a time', async () => {
  const { store, asked, frame } = newStore({ most: 2 });
  for (const key of ['a', 'b', 'c']) store.want(key);
  frame();
  frame();
  expect(asked).toHaveLength(1);
  await asked[0]?.answer(read());
  frame();
  expect(asked.map(({ keys }) => keys)).toEqual([['a', 'b'], ['c']]);
});

test('points that arrive while a reading is under way are there once, before and after it', async () => {
  const { store, asked, frame } = newStore();
  store.want('a');
  frame();
  store.arrived('r', [points('a', [2, 3])]);
  expect(stepsOf(store, 'a')).toEqual([2, 3]);
  await asked[0]?.answer(read(points('a', [0, 1, 2])));
  expect(stepsOf(store, 'a')).toEqual([0, 1, 2, 3]);
});

test('only those who look at a metric hear of its points; of others only the name is kept', async () => {
  const { store, asked, frame } = newStore();
  let heard = 0;
  store.subscribe('a', () => { heard += 1; });
  store.want('a');
  frame();
  await asked[0]?.answer(read(points('a', [0])));
  heard = 0;
  store.arrived('r', [points('b', [7])]);
  expect(heard).toBe(0);
  expect(store.curves('b').curves.size).toBe(0);
  expect(store.keys()).toEqual(['b']);
  expect([store.newest(), store.lastStep()]).toEqual([7_000, 7]);
  store.arrived('r', [points('a', [1])]);
  expect(heard).toBe(1);
});

test('a reading again replaces what is shown, and keeps only what arrived since', async () => {
  const { store, asked, frame } = newStore();
  store.want('a');
  frame();
  await asked[0]?.answer(read(points('a', [0, 1])));
  store.readAgain();
  frame();
  expect(stepsOf(store, 'a')).toEqual([0, 1]);
  store.arrived('r', [points('a', [9])]);
  await asked[1]?.answer(read(points('a', [0, 5])));
  expect(stepsOf(store, 'a')).toEqual([0, 5, 9]);
});

test('what cannot be read says why, is not asked for again and again, and is tried anew when it comes into view', async () => {
  const { store, asked, frame } = newStore();
  const gone = store.want('a');
  frame();
  await asked[0]?.answer({ runs: [], problem: 'The server is away.' });
  expect(store.curves('a')).toMatchObject({ state: 'failed', problem: 'The server is away.' });
  frame();
  expect(asked).toHaveLength(1);
  gone();
  store.want('a');
  frame();
  await asked[1]?.answer(read(points('a', [0])));
  expect(store.curves('a')).toMatchObject({ state: 'there', problem: null });
});

test('what is out of view is kept within bounds, the latest longest, and what is in view always', async () => {
  const { store, asked, frame } = newStore({ most: 1, mostPoints: 3 });
  for (const [place, key] of ['a', 'b', 'c'].entries()) {
    const gone = store.want(key);
    frame();
    await asked[place]?.answer(read(points(key, [0, 1])));
    if (key !== 'c') gone();
  }
  expect(['a', 'b', 'c'].map((key) => stepsOf(store, key)?.length)).toEqual([undefined, 2, 2]);
});

test('who is told of what is wanted is told once a frame, and only of changes', () => {
  const { store, frame } = newStore();
  const told: (readonly string[])[] = [];
  store.subscribeWants(() => told.push(store.wantedKeys()));
  const gone = store.want('b');
  store.want('a');
  frame();
  gone();
  store.want('b');
  frame();
  expect(told).toEqual([['a', 'b']]);
});

test('a part that charts are zoomed to is read in detail, of what came thinned only, and joins what is here', async () => {
  const { store, asked, frame } = newStore();
  for (const key of ['long', 'short']) store.want(key);
  frame();
  await asked[0]?.answer(read(points('long', [0, 50, 99], 100), points('short', [0, 1])));
  const window: Window = { axis: 'STEP', from: 40, to: 60 };
  store.look(window);
  frame();
  expect(asked[1]).toMatchObject({ keys: ['long'], window });
  await asked[1]?.answer(read(points('long', [49, 50, 51], 100)));
  expect(stepsOf(store, 'long')).toEqual([0, 49, 50, 51, 99]);
  store.look(window);
  frame();
  expect(asked).toHaveLength(2);
});

test('averages are replaced by another reading, and a part that charts are zoomed to is averaged anew', async () => {
  const { store, asked, frame } = newStore();
  const averaged = (spread: Spread, xs: readonly number[]): ReadCurves => ({ runs: [], problem: null, averages: new Map([['a', { xKind: 'step', variants: [variantCurve({ id: 'v', label: 'v' }, { xs, n: xs.map(() => 2), mean: xs, median: xs }, spread)] }]]) });
  const shown = () => store.curves('a').averages?.variants.map(({ spread, xs }) => [spread, xs]);
  store.want('a');
  frame();
  await asked[0]?.answer(averaged('ci', [0, 50, 99]));
  store.look({ axis: 'STEP', from: 40, to: 60 });
  frame();
  await asked[1]?.answer(averaged('ci', [49, 50, 51]));
  expect(shown()).toEqual([['ci', [0, 49, 50, 51, 99]]]);
  store.readAgain();
  frame();
  expect(shown()).toEqual([['ci', [0, 49, 50, 51, 99]]]);
  await asked[2]?.answer(averaged('median', [0, 50, 99]));
  expect(shown()).toEqual([['median', [0, 50, 99]]]);
  frame();
  expect(asked[3]?.window).toMatchObject({ from: 40 });
  store.readAgain();
  await asked[3]?.answer(averaged('median', [50]));
  frame();
  await asked[4]?.answer(read(points('a', [0])));
  expect(store.curves('a').averages).toBeNull();
});

test('charts that were read together are drawn a few a frame', async () => {
  const { store, asked, frame } = newStore();
  const keys = ['a', 'b', 'c', 'd', 'e'];
  const heard: string[] = [];
  for (const key of keys) {
    store.subscribe(key, () => heard.push(key));
    store.want(key);
  }
  frame();
  await asked[0]?.answer(read());
  expect(heard).toEqual(['a', 'b', 'c']);
  frame();
  expect(heard).toEqual(keys);
});

import { expect, test } from 'vitest';
import { ConsoleLines, type ConsolePage, type ShownLine } from './console-lines.ts';

const line = (number: number): ShownLine => ({ number, stream: 'stdout', source: '', time: number, text: `line ${number}` });
const lines = (from: number, to: number): ShownLine[] => Array.from({ length: to - from + 1 }, (_, at) => line(from + at));

/** A console of so many lines on a server, and what was asked of it. */
function served(lineCount: number, cut: ConsolePage['cut'] = null) {
  const asked: number[] = [];
  const console = new ConsoleLines(async (from, first) => {
    asked.push(from);
    return { lines: lines(from, Math.min(from + first - 1, lineCount)).filter(({ number }) => cut === null || number < cut.from || number > cut.to), lineCount, cut };
  });
  console.know({ lineCount, cut });
  return { console, asked };
}
const settled = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 0); });

test('only the pages one looks at are read, each once', async () => {
  const { console, asked } = served(1_000_000);
  console.want(700_010, 700_050);
  console.want(700_020, 700_060);
  await settled();
  expect(asked).toEqual([700_001]);
  expect(console.line(700_011)?.text).toBe('line 700011');
  expect(console.line(1)).toBeUndefined();
});

test('lines that arrive join the page they belong to, also while that is being read', async () => {
  const { console } = served(510);
  console.want(501, 510);
  console.arrived(lines(511, 512), null);
  await settled();
  expect([console.lineCount, console.line(505)?.number, console.line(512)?.number]).toEqual([512, 505, 512]);
});

test('a page that begins live is never read', async () => {
  const { console, asked } = served(0);
  console.arrived(lines(1, 600), null);
  console.want(1, 600);
  await settled();
  expect(asked).toEqual([]);
  expect(console.line(600)?.number).toBe(600);
});

test('lines that are not kept are one row', () => {
  const { console } = served(100, { from: 11, to: 60 });
  expect(console.rows).toBe(51);
  expect([9, 10, 11, 50].map((row) => console.numberAt(row))).toEqual([10, null, 61, 100]);
  expect([10, 11, 60, 61, 100].map((number) => console.rowOf(number))).toEqual([9, 10, 10, 11, 50]);
});

test('a page that could not be read is asked for again', async () => {
  let fails = true;
  const console = new ConsoleLines(async () => {
    if (fails) throw new Error('no luck');
    return { lines: lines(1, 3), lineCount: 3, cut: null };
  });
  console.know({ lineCount: 3, cut: null });
  console.want(1, 3);
  await settled();
  fails = false;
  console.want(1, 3);
  await settled();
  expect(console.line(3)?.number).toBe(3);
});

test('memory is bounded: what was looked at last stays', async () => {
  const { console } = served(1_000_000);
  for (let page = 0; page < 100; page += 1) console.want(page * 500 + 1, page * 500 + 2);
  await settled();
  expect([console.line(1), console.line(49_501)?.number]).toEqual([undefined, 49_501]);
});

/** A bar's states as lines of their own, and what is printed before and after. */
const bar = (from: number, states: number, source = ''): ShownLine[] => Array.from({ length: states }, (_, at) => ({ ...line(from + at), source, text: `${at}%|#|\r` }));
const shown = (console: ConsoleLines): (number | null)[] => Array.from({ length: console.rows }, (_, row) => console.numberAt(row));

test('a progress bar whose states are lines of their own is one row, the newest, while it runs and when it is done', () => {
  const { console } = served(0);
  console.arrived([line(1), ...bar(2, 50)], null);
  expect(shown(console)).toEqual([1, 51]);
  console.arrived(bar(52, 30), null);
  expect(shown(console)).toEqual([1, 81]);
  console.arrived([line(82), line(83)], null);
  expect(shown(console)).toEqual([1, 82, 83]);
  expect([1, 2, 50, 82, 83].map((number) => console.rowOf(number)), 'an address of a state leads to the row it became').toEqual([0, 1, 1, 1, 2]);
  expect([console.lineCount, console.hiddenCount]).toEqual([83, 80]);
});

test('bars of several processes are a row each, and other lines between them stay', () => {
  const { console } = served(0);
  const [a, b] = [bar(1, 4, 'rank 0'), bar(1, 4, 'rank 1')];
  console.arrived([...a.flatMap((one, at) => [one, b[at] ?? one]), line(0)].map((each, at) => ({ ...each, number: at + 1 })), null);
  expect(shown(console)).toEqual([7, 8, 9]);
});

test('a bar that runs over many pages is found page by page, in whatever order they are read, and pages of it alone are not read again', async () => {
  const all = [line(1), ...bar(2, 2_400), ...lines(2_402, 2_500)];
  const asked: number[] = [];
  const console = new ConsoleLines(async (from, first) => {
    asked.push(from);
    return { lines: all.slice(from - 1, from - 1 + first), lineCount: 2_500, cut: null };
  });
  console.know({ lineCount: 2_500, cut: null });
  for (const number of [2_500, 1, 1_200, 700, 1_800]) {
    console.want(number, number);
    await settled();
  }
  expect(shown(console)).toEqual([1, ...Array.from({ length: 99 }, (_, at) => 2_402 + at)]);
  for (let page = 0; page < 100; page += 1) console.want(1, 2_500);
  await settled();
  expect(asked.toSorted((one, other) => one - other)).toEqual([1, 501, 1_001, 1_501, 2_001]);
});

test('lines that were let go are not read, however many they are', async () => {
  const { console, asked } = served(1_000_000, { from: 1_001, to: 999_000 });
  console.want(900, 999_100);
  await settled();
  expect(asked).toEqual([501, 999_001]);
});

test('lines that were let go take what was printed over among them along', () => {
  const { console } = served(0);
  console.arrived([...bar(1, 20), ...lines(21, 40)], null);
  expect(console.rows).toBe(20);
  console.know({ lineCount: 40, cut: { from: 5, to: 30 } });
  expect(shown(console)).toEqual([null, ...Array.from({ length: 10 }, (_, at) => 31 + at)]);
  expect(console.rowOf(31)).toBe(1);
});

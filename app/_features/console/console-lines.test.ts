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

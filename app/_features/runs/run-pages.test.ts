import { expect, test } from 'vitest';
import { RunLines } from './run-lines.ts';
import { PAGE, RunPages } from './run-pages.ts';
import type { RunGroup, TableRun } from './run-table-documents.ts';

const row = (id: string): TableRun => ({ id }) as TableRun;
const rows = (from: number, count: number): TableRun[] => Array.from({ length: count }, (_, at) => row(`r${from + at}`));
const group = (value: string, runs: number): RunGroup => ({ value, label: value, runs, filter: `params.x = '${value}'`, estimate: null });

test('a place far down a list is known once its page was read, and asks for that page only', () => {
  const range = { list: 'a', from: 50_020, to: 50_060 };
  expect(RunPages.none.missing([range])).toEqual([{ list: 'a', page: 500 }]);
  const pages = RunPages.none.with([{ list: 'a', page: 500, rows: rows(50_000, PAGE), total: 100_000 }], [range]);
  expect([pages.missing([range]), pages.totalOf('a'), pages.rowAt('a', 50_042)?.id, pages.rowAt('a', 3), pages.indexOf('a', 'r50042'), pages.indexOf('b', 'r50042')]).toEqual([[], 100_000, 'r50042', undefined, 50_042, null]);
});

test('past the end of a list nothing is asked for', () => {
  const pages = RunPages.none.with([{ list: 'a', page: 0, rows: rows(0, 30), total: 30 }], []);
  expect(pages.missing([{ list: 'a', from: 0, to: 400 }])).toEqual([]);
});

test('few pages are kept, those around what is in sight', () => {
  const range = { list: 'a', from: 9_000, to: 9_040 };
  const pages = RunPages.none.with(Array.from({ length: 100 }, (_, page) => ({ list: 'a', page, rows: rows(page * PAGE, PAGE), total: 10_000 })), [range]);
  expect([pages.rows().length, pages.missing([range]), pages.rowAt('a', 0)]).toEqual([4_000, [], undefined]);
});

test('the lines of groups are their heads, and the runs of those that are open', () => {
  const groups = [group('a', 3), group('b', 2), group('c', 1)];
  const lines = RunLines.ofGroups(groups, { open: new Set(["params.x = 'b'"]), listOf: ({ filter }) => filter });
  const seen = Array.from({ length: lines.length }, (_, line) => lines.at(line)).map((line) => (line?.kind === 'group' ? line.group.value : `${line?.index}`));
  expect(seen).toEqual(['a', 'b', '0', '1', 'c']);
  expect([lines.at(5), lines.at(-1)]).toEqual([null, null]);
  expect(lines.ranges(0, 5)).toEqual([{ list: "params.x = 'b'", from: 0, to: 2 }]);
  expect([lines.lineOf("params.x = 'b'", 1), lines.lineOf("params.x = 'a'", 0)]).toEqual([3, null]);
});

test('the lines of one list are its runs', () => {
  const lines = RunLines.ofList('', 100_000);
  expect([lines.length, lines.at(99_999), lines.ranges(70, 90), lines.lineOf('', 5)]).toEqual([100_000, { kind: 'run', list: '', index: 99_999 }, [{ list: '', from: 70, to: 90 }], 5]);
});

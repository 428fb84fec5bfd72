import { expect, test } from 'vitest';
import { columnsFrom, columnsText, defaultColumns, filterText, nextSort, orderText, sharedDecimals } from './run-columns.ts';

test('columns survive the address, whatever their names hold', () => {
  const columns = [{ kind: 'metric', key: 'val/acc, top 1' }, { kind: 'param', key: 'lr' }, { kind: 'tag', key: 'ü:%' }] as const;
  expect(columnsFrom(columnsText(columns))).toEqual(columns);
  expect(columnsFrom('x:1,m:,p:%E0%A4%A,m:acc')).toEqual([{ kind: 'metric', key: 'acc' }]);
  expect(columnsFrom(null)).toBeNull();
});

test('an order is said in the filter language, odd names in backticks', () => {
  expect(orderText('-m:val%2Facc')).toBe('metrics.`val/acc` DESC');
  expect(orderText('p:lr')).toBe('params.lr ASC');
  expect(orderText('-started')).toBe('start_time DESC');
  expect(orderText('nonsense')).toBeNull();
  expect(orderText(null)).toBeNull();
});

test('pressing a head goes down, up, off', () => {
  expect(nextSort(null, 'name')).toBe('-name');
  expect(nextSort('-name', 'name')).toBe('name');
  expect(nextSort('name', 'name')).toBeNull();
});

test('what is typed can narrow an experiment but not leave it', () => {
  expect(filterText('VIS-1', '')).toBe("experiment = 'VIS-1'");
  expect(filterText('VIS-1', "metrics.a > 1 OR status = 'FAILED'")).toBe("experiment = 'VIS-1' AND (metrics.a > 1 OR status = 'FAILED')");
});

test('the first columns are what the hypothesis names and what was changed', () => {
  expect(defaultColumns({ metric: 'acc', guardrails: ['nll'], metricKeys: ['acc', 'loss'], changedParams: ['lr'] })).toEqual([{ kind: 'metric', key: 'acc' }, { kind: 'metric', key: 'nll' }, { kind: 'param', key: 'lr' }]);
  expect(defaultColumns({ metric: null, guardrails: [], metricKeys: ['system/gpu', 'loss'], changedParams: [] })).toEqual([{ kind: 'metric', key: 'loss' }]);
});

test('numbers of a column share their decimals, unless they need powers of ten', () => {
  expect(sharedDecimals([0.954774, 0.94, null])).toBe(4);
  expect(sharedDecimals([1.27, 0.22698])).toBe(4);
  expect(sharedDecimals([1, 2, 30])).toBe(0);
  expect(sharedDecimals([1e-7, 1])).toBeNull();
  expect(sharedDecimals([null])).toBe(0);
});

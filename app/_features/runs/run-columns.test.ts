import type { CSSProperties } from 'react';
import { expect, test } from 'vitest';
import { columnsFrom, columnsText, bothFilters, defaultColumns, experimentFilter, nextSort, orderText, sharedDecimals } from './run-columns.ts';
import { columnVariables } from './run-widths.ts';

test('columns survive the address, whatever their names hold', () => {
  const columns = [{ kind: 'metric', key: 'val/acc, top 1' }, { kind: 'param', key: 'lr' }, { kind: 'tag', key: 'ü:%' }] as const;
  expect(columnsFrom(columnsText(columns))).toEqual(columns);
  expect(columnsFrom('x:1,m:,p:%E0%A4%A,m:acc,started,m:acc')).toEqual([{ kind: 'metric', key: 'acc' }, { kind: 'fact', key: 'started' }]);
  expect(columnsFrom(null)).toBeNull();
});

test('an order is said in the filter language, odd names in backticks', () => {
  expect(orderText('-m:val%2Facc')).toBe('metrics.`val/acc` DESC');
  expect(orderText('p:lr')).toBe('params.lr ASC');
  expect(orderText('-started')).toBe('start_time DESC');
  expect(orderText('-m:acc,name')).toBe('metrics.acc DESC, run_name ASC');
  expect(orderText('nonsense')).toBeNull();
  expect(orderText(null)).toBeNull();
});

test('pressing a head goes down, up, off', () => {
  expect(nextSort(null, 'name')).toBe('-name');
  expect(nextSort('-name', 'name')).toBe('name');
  expect(nextSort('name', 'name')).toBeNull();
  expect(nextSort('-m:acc', 'name')).toBe('-name');
});

test('pressing a head with shift adds it to the order, turns it around where it stands, and takes it out', () => {
  expect(nextSort('-m:acc', 'name', true)).toBe('-m:acc,-name');
  expect(nextSort('-m:acc,-name', 'm:acc', true)).toBe('m:acc,-name');
  expect(nextSort('m:acc,-name', 'm:acc', true)).toBe('-name');
});

test('what is typed can narrow an experiment but not leave it', () => {
  expect(bothFilters(experimentFilter('VIS-1'), '')).toBe("experiment = 'VIS-1'");
  expect(bothFilters(experimentFilter('VIS-1'), "metrics.a > 1 OR status = 'FAILED'")).toBe("experiment = 'VIS-1' AND (metrics.a > 1 OR status = 'FAILED')");
  expect(bothFilters('', ' metrics.a > 1 ')).toBe('metrics.a > 1');
});

test('the first columns are what the hypothesis names and what was changed', () => {
  const texts = (facts: Parameters<typeof defaultColumns>[0]) => columnsText(defaultColumns(facts));
  expect(texts({ metric: 'acc', guardrails: ['nll'], metricKeys: ['acc', 'loss'], changedParams: ['lr'], of: 'experiment' })).toBe('status,variant,seed,m:acc,m:nll,p:lr,started,took');
  expect(texts({ metric: null, guardrails: [], metricKeys: ['system/gpu', 'loss'], changedParams: [], of: 'project' })).toBe('status,experiment,m:loss,user,started,took');
});

test('the first columns fit beside each other on a page 1440 pixels wide', () => {
  const many = ['one', 'two', 'three', 'four', 'five'];
  for (const of of ['experiment', 'project'] as const) {
    for (const metrics of [[], many]) {
      const columns = defaultColumns({ metric: null, guardrails: metrics, metricKeys: many, changedParams: many, of });
      // Navigation 208, margins 2 x 32, a scrollbar.
      expect(Number.parseInt(String(columnVariables(columns, new Map())['--wt' as keyof CSSProperties]), 10)).toBeLessThanOrEqual(1440 - 208 - 64 - 15);
    }
  }
});

test('numbers of a column share their decimals, unless they need powers of ten', () => {
  expect(sharedDecimals([0.954774, 0.94, null])).toBe(4);
  expect(sharedDecimals([1.27, 0.22698])).toBe(4);
  expect(sharedDecimals([1, 2, 30])).toBe(0);
  expect(sharedDecimals([1e-7, 1])).toBeNull();
  expect(sharedDecimals([null])).toBe(0);
});

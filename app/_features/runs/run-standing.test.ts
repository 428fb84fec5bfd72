import { expect, test } from 'vitest';
import { runStanding, SILENT_AFTER_MS } from './run-standing.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const RUNNING = { status: 'RUNNING', startedAt: '2026-11-22T11:00:00Z', heardAt: NOW - 1000, excluded: null, deletedAt: null } as const;

test('a run that logs is running', () => {
  expect(runStanding(RUNNING, NOW)).toEqual({ word: 'Running', tone: 'live', remark: null });
});

test('a run that has been silent for ten minutes is said to be, and one that just started is not', () => {
  expect(runStanding({ ...RUNNING, heardAt: NOW - SILENT_AFTER_MS }, NOW).word).toBe('Running, silent');
  expect(runStanding({ ...RUNNING, heardAt: 0, startedAt: '2026-11-22T11:59:00Z' }, NOW).word).toBe('Running');
  expect(runStanding({ ...RUNNING, heardAt: 0 }, null).word).toBe('Running');
});

test('what does not count is said with its reason', () => {
  expect(runStanding({ ...RUNNING, status: 'FINISHED', excluded: { reason: 'wrong data' } }, NOW).remark).toContain('wrong data');
  expect(runStanding({ ...RUNNING, status: 'FAILED' }, NOW).tone).toBe('bad');
  expect(runStanding({ ...RUNNING, status: 'KILLED' }, NOW).word).toBe('Stopped');
  expect(runStanding({ ...RUNNING, status: 'FINISHED', deletedAt: '2026-11-22T11:00:00Z' }, NOW).remark).toContain('deleted');
});

import { expect, test } from 'vitest';
import { ailment, runStanding } from './run-standing.ts';

const WELL = { state: 'HEALTHY', reason: null } as const;
const RUNNING = { status: 'RUNNING', health: WELL, excluded: null, deletedAt: null, removedFrom: null } as const;

test('a run that logs is running', () => {
  expect(runStanding(RUNNING)).toEqual({ word: 'Running', tone: 'live', remark: null });
});

test('a run that is not as it should be is said to be, with the reason', () => {
  expect(runStanding({ ...RUNNING, health: { state: 'STALLED', reason: 'Nothing has arrived.' } })).toEqual({ word: 'Running, stalled', tone: 'warn', remark: 'Nothing has arrived.' });
  expect(runStanding({ ...RUNNING, status: 'FINISHED', health: { state: 'DIVERGED', reason: 'loss is NaN at step 7.' } }).word).toBe('Finished, diverged');
  expect([ailment({ state: 'LOST' }), ailment({ state: 'CRASHED' }), ailment(WELL)]).toEqual(['lost', null, null]);
});

test('what does not count is said with its reason', () => {
  expect(runStanding({ ...RUNNING, status: 'FINISHED', excluded: { reason: 'wrong data' } }).remark).toContain('wrong data');
  expect(runStanding({ ...RUNNING, status: 'FAILED', health: { state: 'CRASHED', reason: 'x' } }).tone).toBe('bad');
  expect(runStanding({ ...RUNNING, status: 'KILLED' }).word).toBe('Stopped');
  expect(runStanding({ ...RUNNING, status: 'FINISHED', deletedAt: '2026-11-22T11:00:00Z' }).remark).toMatch(/deleted.*is kept, and can be restored/);
  expect(runStanding({ ...RUNNING, deletedAt: '2026-11-22T11:00:00Z', removedFrom: '2026-12-22T11:00:00Z' }).remark).toMatch(/can be restored until 2026-12-22; then it is removed for good/);
});

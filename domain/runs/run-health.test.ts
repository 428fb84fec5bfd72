import { describe, expect, it, test } from 'vitest';
import { healthEvent, healthNow, healthOf, isLoss, patienceS, withInterval, type RunSigns, type WatchedSeries } from './run-health.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const ago = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
const signs = (more: Partial<RunSigns> = {}): RunSigns => ({ startedAt: ago(600), loggedAt: ago(0), beatAt: null, intervals: [], watched: [], ...more });
const series = (more: Partial<WatchedSeries> = {}): WatchedSeries =>
  ({ key: 'loss', count: 100, lastValue: 0.5, lastAt: ago(1), lastStep: 99, minValue: 0.4, maxValue: 2.3, minStep: 90, maxStep: 0, ...more });
const stateOf = (more: Partial<RunSigns>) => healthNow(signs(more), NOW).state;

describe('a silence', () => {
  it('is measured by the rhythm of the run, and at least five minutes long', () => {
    const everySecond = { intervals: [1, 1, 2, 1] };
    expect([stateOf({ ...everySecond, loggedAt: ago(4.9) }), stateOf({ ...everySecond, loggedAt: ago(5.1) })]).toEqual(['HEALTHY', 'STALLED']);
    const everyHour = { intervals: [3_600, 3_500, 3_700] };
    expect([stateOf({ ...everyHour, loggedAt: ago(590) }), stateOf({ ...everyHour, loggedAt: ago(601) })]).toEqual(['HEALTHY', 'STALLED']);
  });

  it('of a run without a rhythm is borne for half an hour', () => {
    expect([stateOf({ loggedAt: ago(29) }), stateOf({ loggedAt: ago(31) })]).toEqual(['HEALTHY', 'STALLED']);
    expect([stateOf({ startedAt: ago(29), loggedAt: null }), stateOf({ startedAt: ago(31), loggedAt: null })]).toEqual(['HEALTHY', 'STALLED']);
  });

  it('without end is a process that is gone', () => {
    expect([stateOf({ startedAt: ago(1_000), loggedAt: ago(359) }), stateOf({ startedAt: ago(1_000), loggedAt: ago(361) })]).toEqual(['STALLED', 'LOST']);
  });

  it('of a process that still beats is a hang; of one that stopped to, a loss', () => {
    const everySecond = { intervals: [15, 15, 15], loggedAt: ago(40) };
    expect(stateOf({ ...everySecond, beatAt: ago(0.2) })).toBe('STALLED');
    expect(stateOf({ ...everySecond, loggedAt: ago(20), beatAt: ago(0.2) })).toBe('HEALTHY');
    expect(stateOf({ ...everySecond, beatAt: ago(6) })).toBe('LOST');
  });

  it('is counted from when the run was last heard', () => {
    expect(healthNow(signs({ intervals: [1, 1, 1], loggedAt: ago(7) }), NOW).since).toEqual(ago(7));
  });
});

describe('numbers', () => {
  it.each([[NaN, 'NaN'], [Infinity, 'infinite'], [-Infinity, 'infinite']])('that turned %s are said, with their step', (lastValue, word) => {
    expect(healthNow(signs({ watched: [series(), series({ key: 'val_acc', lastValue })] }), NOW)).toEqual({ state: 'DIVERGED', since: ago(1), reason: `val_acc is ${word} at step 99.` });
  });

  it('that ran away are those of a loss which fell and stands higher than ever', () => {
    const away = { lastValue: 500, maxValue: 500, maxStep: 99 };
    expect(stateOf({ watched: [series(away)] })).toBe('DIVERGED');
    expect(stateOf({ watched: [series({ ...away, key: 'perplexity' })] })).toBe('HEALTHY');
    expect(stateOf({ watched: [series({ ...away, count: 9 })] })).toBe('HEALTHY');
    expect(stateOf({ watched: [series({ ...away, minStep: 99, maxStep: 0 })] })).toBe('HEALTHY');
    expect(stateOf({ watched: [series({ lastValue: 0.9, minValue: 0.0001, maxValue: 0.9, maxStep: 99 })] })).toBe('HEALTHY');
    expect(stateOf({ watched: [series({ lastValue: 90_000, minValue: 5_000, maxValue: 90_000, maxStep: 99 })] })).toBe('HEALTHY');
  });

  it('say nothing of a run that is silent', () => {
    expect(stateOf({ intervals: [1, 1, 1], loggedAt: ago(9), watched: [series({ lastValue: NaN })] })).toBe('STALLED');
  });
});

test.each([['loss', true], ['train/loss', true], ['val_loss', true], ['loss_ce', true], ['closs', false], ['lossless', false]])('%s is a loss: %s', (key, is) => {
  expect(isLoss(key)).toBe(is);
});

test('a rhythm is made of the last fifteen pauses', () => {
  let intervals: number[] = [];
  for (let at = 0; at < 20; at += 1) intervals = withInterval(intervals, ago(at + 2), ago(at + 1));
  expect(intervals).toHaveLength(15);
  expect(patienceS(intervals)).toBe(600);
  expect(withInterval([1], null, NOW)).toEqual([1]);
  expect(withInterval([1], NOW, NOW)).toEqual([1]);
});

test('only a change is an event', () => {
  expect([healthEvent('HEALTHY', 'HEALTHY'), healthEvent('HEALTHY', 'STALLED'), healthEvent('STALLED', 'LOST'), healthEvent('LOST', 'HEALTHY'), healthEvent('STALLED', 'DIVERGED')]).toEqual([null, 'stalled', 'lost', 'recovered', 'diverged']);
});

test('a status that says how a run ended says more than the last look', () => {
  const looked = (state: 'STALLED' | 'DIVERGED') => ({ state, since: ago(1), reason: 'x' } as const);
  const run = (status: string) => ({ status, endedAt: ago(2) });
  expect(healthOf(run('FAILED'), looked('STALLED'))).toMatchObject({ state: 'CRASHED', since: ago(2) });
  expect(healthOf(run('KILLED'), null).state).toBe('CRASHED');
  expect(healthOf(run('FINISHED'), looked('STALLED')).state).toBe('HEALTHY');
  expect(healthOf(run('FINISHED'), looked('DIVERGED')).state).toBe('DIVERGED');
  expect(healthOf(run('RUNNING'), looked('STALLED')).state).toBe('STALLED');
  expect(healthOf(run('RUNNING'), null).state).toBe('HEALTHY');
});

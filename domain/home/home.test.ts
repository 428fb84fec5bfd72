import { describe, expect, test } from 'vitest';
import { looked, newSince } from './look.ts';
import { dueWords, failureWords, orderNeeds, type Need } from './need.ts';

const at = (minutes: number): number => Date.UTC(2026, 4, 14) + minutes * 60_000;

describe('the last look', () => {
  test('who never looked is told of a week', () => expect(newSince(null, at(0))).toEqual(at(-7 * 1440)));
  test('within a visit what was new stays new, however often the page is seen', () => {
    const first = looked({ sinceMs: at(-900), lookedAtMs: at(-600) }, at(0), false);
    expect(first).toEqual({ sinceMs: at(-600), lookedAtMs: at(0) });
    const second = looked(first, at(20), false);
    expect(second).toEqual({ sinceMs: at(-600), lookedAtMs: at(20) });
    expect(newSince(second, at(45))).toEqual(at(-600));
  });
  test('the next visit begins where the last one ended', () => expect(newSince({ sinceMs: at(-600), lookedAtMs: at(0) }, at(31))).toEqual(at(0)));
  test('all seen: nothing is new any more', () => expect(looked({ sinceMs: at(-600), lookedAtMs: at(-1) }, at(0), true)).toEqual({ sinceMs: at(0), lookedAtMs: at(0) }));
  test('nobody is told of more than a month', () => expect(newSince({ sinceMs: at(0), lookedAtMs: at(0) }, at(90 * 1440))).toEqual(at(60 * 1440)));
  test('a look that comes late does not turn time back', () => { const kept = { sinceMs: at(0), lookedAtMs: at(10) }; expect(looked(kept, at(5), true)).toBe(kept); });
});

describe('what needs somebody', () => {
  const need = (id: string, more: Partial<Need>): Need => ({ id, kind: 'REVIEW', title: id, reason: '', path: '/', experimentId: null, at: new Date(at(0)), dueOn: null, ...more });
  test('what is due comes first, then reviews, stale approvals, failures, mentions, actions, unfinished things', () => {
    const needs = [
      need('unfinished', { kind: 'EXPLORATORY' }), need('someday', { kind: 'ACTION' }), need('soon', { kind: 'ACTION', dueOn: '2026-05-16' }), need('today', { kind: 'ACTION', dueOn: '2026-05-14' }),
      need('overdue', { kind: 'ACTION', dueOn: '2026-05-01' }), need('mention', { kind: 'MENTION' }), need('failure', { kind: 'FAILURE' }), need('stale', { kind: 'STALE_APPROVAL' }), need('older', { at: new Date(at(-5)) }), need('newer', {}),
    ];
    expect(orderNeeds(needs, '2026-05-14').map(({ id }) => id)).toEqual(['overdue', 'today', 'newer', 'older', 'stale', 'failure', 'mention', 'soon', 'someday', 'unfinished']);
  });
  test.each([['2026-05-12', '2 days overdue, was due on 2026-05-12'], ['2026-05-13', '1 day overdue, was due on 2026-05-13'], ['2026-05-14', 'due today'], ['2026-05-15', 'due tomorrow'], ['2026-05-20', 'due on 2026-05-20'], [null, 'no day set']])('%s is said as “%s”', (dueOn, words) => {
    expect(dueWords(dueOn, (Date.parse(dueOn ?? '2026-05-14') - at(0)) / 86_400_000)).toBe(words);
  });
  test('failures of one experiment are one line', () => {
    expect(failureWords({ failed: 2, runs: 10, unwell: 1, latest: 'seed 8' })).toBe('2 of 10 runs failed, 1 is running but unwell; the latest is seed 8');
    expect(failureWords({ failed: 1, runs: 1, unwell: 0, latest: 'a' })).toBe('1 of 1 run failed; the latest is a');
  });
});

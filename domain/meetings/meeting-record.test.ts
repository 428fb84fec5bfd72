import { describe, expect, it } from 'vitest';
import { minutesOf, type MeetingRecord } from './minutes.ts';
import { dueDay, plannedMinutes, presentedSearch, requireLive, requirePresenter, requireStartable, scrolledTo } from './meeting.ts';
import { elapsedMs, goOn, NOT_BEGUN, pause } from './timer.ts';
import { requireOpenToVotes, requireSameQuestion, standingVotes, tally } from './votes.ts';

const at = (clock: string): Date => new Date(`2026-05-15T${clock}Z`);

describe('the time of an item', () => {
  it('goes on from where it was paused', () => {
    const paused = pause(goOn(NOT_BEGUN, at('10:00:00')), at('10:04:00'));
    expect(paused).toEqual({ spentMs: 240_000, runningSince: null });
    expect(elapsedMs(goOn(paused, at('10:10:00')), at('10:11:00'))).toBe(300_000);
  });

  it('is not counted twice by who starts or pauses twice', () => {
    const running = goOn(NOT_BEGUN, at('10:00:00'));
    expect(goOn(running, at('10:01:00'))).toEqual(running);
    const paused = pause(running, at('10:02:00'));
    expect(pause(paused, at('10:09:00'))).toEqual(paused);
  });

  it('never runs backwards where the clocks of two servers differ', () => {
    expect(elapsedMs({ spentMs: 5_000, runningSince: at('10:00:01') }, at('10:00:00'))).toBe(5_000);
  });
});

describe('votes', () => {
  const cast = [{ personId: 'ada', choice: 'ADOPT' }, { personId: 'bea', choice: 'DROP' }, { personId: 'ada', choice: 'WAIT' }] as const;

  it('are one a person, the last of theirs', () => {
    expect(tally(standingVotes(cast))).toEqual([{ choice: 'ADOPT', count: 0 }, { choice: 'WAIT', count: 1 }, { choice: 'DROP', count: 1 }]);
  });

  it('are taken while the meeting is held and the item is open', () => {
    expect(() => requireOpenToVotes({ state: 'LIVE' }, { closedAt: null })).not.toThrow();
    expect(() => requireOpenToVotes({ state: 'LIVE' }, { closedAt: at('10:00:00') })).toThrow(/closed/);
    expect(() => requireOpenToVotes({ state: 'DRAFTED' }, { closedAt: null })).toThrow(/not begun/);
    expect(() => requireOpenToVotes({ state: 'ENDED' }, { closedAt: null })).toThrow(/over/);
  });

  it('answer the question that was asked', () => {
    expect(() => requireSameQuestion('A?', 'A?', 3)).not.toThrow();
    expect(() => requireSameQuestion('A?', 'B?', 0)).not.toThrow();
    expect(() => requireSameQuestion('A?', 'B?', 1)).toThrow(/voted/);
  });
});

describe('a meeting', () => {
  it('begins once and ends once', () => {
    expect(() => requireStartable('DRAFTED')).not.toThrow();
    expect(() => requireStartable('LIVE')).toThrow(/begun already/);
    expect(() => requireStartable('ENDED')).toThrow(/over/);
    expect(() => requireLive('DRAFTED')).toThrow(/not begun/);
  });

  it('has one who presents', () => {
    expect(() => requirePresenter({ presenterId: 'ada' }, 'ada')).not.toThrow();
    expect(() => requirePresenter({ presenterId: 'ada' }, 'bea')).toThrow(/presents/);
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '19 May', '2026-5-1', '2100-02-29'])('knows that %s is no day', (day) => {
    expect(() => dueDay(day)).toThrow(/is not a day/);
  });

  it.each(['2026-02-28', '2028-02-29', '2000-02-29', '2026-12-31'])('knows %s', (day) => {
    expect(dueDay(day)).toBe(day);
  });

  it.each([0, -5, 1.5, 481, Number.NaN])('is not planned for %s minutes', (minutes) => {
    expect(() => plannedMinutes(minutes)).toThrow(/minutes/);
  });

  it('is presented by what stands behind the question mark of its own address', () => {
    expect(presentedSearch('?tab=charts&x=%20')).toBe('tab=charts&x=%20');
    for (const hostile of ['a b', '"', '<', 'a#b', 'a\\b', 'a\nb', 'x'.repeat(2_001)]) expect(() => presentedSearch(hostile)).toThrow(/presented/);
    for (const [section, within] of [[-1, 0], [0, -0.1], [0, 1.1], [0.5, 0], [0, Number.NaN]]) expect(() => scrolledTo(section, within)).toThrow(/place/);
  });
});

const RECORD: MeetingRecord = {
  id: 'mtg_1', title: 'Weekly review', projectName: 'Digits', startedAt: at('10:00:00'), endedAt: at('10:38:20'),
  attendance: [{ name: 'Ada', from: at('10:00:00'), until: at('10:38:00') }, { name: 'Emmy', from: at('10:05:00'), until: at('10:10:00') }, { name: 'Emmy', from: at('10:20:00'), until: at('10:38:00') }],
  items: [
    { id: 'i1', title: 'Mixup adds *0.8* points', reason: 'Supported.', question: 'Adopt it?', subject: { label: 'DIG-42', path: '/e/DIG-42' }, spentMs: 620_000, plannedSeconds: 600, votes: [{ personId: 'a', choice: 'ADOPT' }, { personId: 'e', choice: 'ADOPT' }] },
    { id: 'i2', title: 'Noise', reason: 'Negative.', question: null, subject: null, spentMs: 0, plannedSeconds: 180, votes: [] },
  ],
  decisions: [{ itemId: 'i1', body: 'Adopt it once\n# DIG-46 is in.', byName: 'Ada', subject: { label: 'DIG-42', path: '/e/DIG-42' } }],
  actions: [{ itemId: 'i1', body: 'Finish the pair', ownerName: 'Emmy', dueOn: '2026-05-19', settled: null }, { itemId: null, body: 'Book a room', ownerName: 'Ada', dueOn: null, settled: 'DONE' }],
};

it('minutes tell who was there, what took how long, what was voted, decided and given to whom, and what was not reached', () => {
  expect(minutesOf(RECORD)).toBe(`# Weekly review, 2026-05-15

Digits, 10:00 to 10:38 UTC, 38 min.

Present: Ada (10:00 to 10:38), Emmy (10:05 to 10:10, 10:20 to 10:38).

## 1. Mixup adds \\*0.8\\* points

[DIG-42](/e/DIG-42), 10 min of 10 min planned. Supported.

Votes on “Adopt it?”: adopt 2, wait 0, drop 0.

**Decided** about [DIG-42](/e/DIG-42): Adopt it once \\# DIG-46 is in. (recorded by Ada)

Action: Finish the pair (Emmy)

## Action items

- Finish the pair: Emmy, due 2026-05-19
- Book a room: Ada, done

## Not reached

- Noise
`);
  expect(minutesOf(RECORD)).toBe(minutesOf(structuredClone(RECORD)));
});

it('minutes of a meeting in which nothing came about say so', () => {
  expect(minutesOf({ ...RECORD, items: [], decisions: [], actions: [], attendance: [] })).toBe('# Weekly review, 2026-05-15\n\nDigits, 10:00 to 10:38 UTC, 38 min.\n\nNo decision was recorded, and nothing was given to anybody to do.\n');
});

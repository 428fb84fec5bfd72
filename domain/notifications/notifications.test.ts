import { expect, test } from 'vitest';
import { groupOf, type Happening, type HappeningKind } from './happening.ts';
import { afterQuietHours, checkHours, DEFAULT_HOURS, nextDigest } from './hours.ts';
import { heldUntil, postAt, retryAfter } from './posting.ts';
import { DEFAULT_RULES, happeningKind, recipientsOf, ruleFor, type GivenRule } from './rules.ts';
import { notificationWords, type Told } from './words.ts';

/** UTC and a zone nine hours ahead, without summer time. */
const minuteOfDay = (atMs: number, timeZone: string): number | null => {
  const ahead = { UTC: 0, 'Asia/Tokyo': 9 * 60 }[timeZone];
  return ahead === undefined ? null : (Math.floor(atMs / 60_000) + ahead) % 1440;
};

const at = (hour: number, minute = 0): number => Date.UTC(2026, 10, 29, hour, minute);
const rule = (personId: string, kind: GivenRule['kind'], more: Partial<GivenRule> = {}): GivenRule => ({ personId, projectId: '', kind, reach: 'ALL', mail: 'NONE', ...more });

const group = (of: Partial<Happening>): string => groupOf({ kind: 'REPLIED', projectId: 'project', experimentId: null, subjectId: 'thread', detail: {}, ...of });

test('comments of guests on one thing are more of the same, and not of what members say', () => {
  const byGuest = { detail: { byGuest: true } };
  expect(group({ ...byGuest, experimentId: 'exp', subjectId: 'a' })).toBe(group({ ...byGuest, experimentId: 'exp', subjectId: 'b' }));
  expect(group({ ...byGuest, experimentId: 'exp' })).not.toBe(group({ experimentId: 'exp' }));
  expect(group({ detail: { byGuest: true, path: '/h/1' } })).not.toBe(group({ detail: { byGuest: true, path: '/h/2' } }));
});

test('five hundred runs of one experiment are more of the same; two threads are not', () => {
  expect(group({ kind: 'RUN_FAILED', experimentId: 'exp', subjectId: 'a' })).toBe(group({ kind: 'RUN_FAILED', experimentId: 'exp', subjectId: 'b' }));
  expect(group({ kind: 'RUN_FAILED', experimentId: 'exp', subjectId: 'a' })).not.toBe(group({ kind: 'RUN_FINISHED', experimentId: 'exp', subjectId: 'a' }));
  expect(group({ kind: 'REPLIED', experimentId: 'exp', subjectId: 'a' })).not.toBe(group({ kind: 'REPLIED', experimentId: 'exp', subjectId: 'b' }));
});

test('the rule of the project comes before the rule for all, and that before the default', () => {
  const given = [rule('ada', 'NEW_BEST', { reach: 'NONE' }), rule('ada', 'NEW_BEST', { projectId: 'p', mail: 'AT_ONCE' })];
  expect(ruleFor(given, { personId: 'ada', projectId: 'p', kind: 'NEW_BEST' })).toMatchObject({ reach: 'ALL', mail: 'AT_ONCE' });
  expect(ruleFor(given, { personId: 'ada', projectId: 'q', kind: 'NEW_BEST' })).toMatchObject({ reach: 'NONE' });
  expect(ruleFor(given, { personId: 'grace', projectId: 'p', kind: 'NEW_BEST' })).toBe(DEFAULT_RULES.NEW_BEST);
});

test('nobody is told of what they did, of what they may not see, or of others’ mentions', () => {
  const told = (kind: GivenRule['kind'], actorId: string | null, addresseeIds: readonly string[], rules: readonly GivenRule[] = []) =>
    recipientsOf({ kind, projectId: 'p', actorId }, { addresseeIds, ownerIds: ['ada'] }, { sees: ['ada', 'grace', 'alan'], rules }).map(({ personId }) => personId);
  expect(told('RUN_FAILED', null, [])).toEqual(['ada']);
  expect(told('RUN_FAILED', 'ada', [])).toEqual([]);
  expect(told('NEW_BEST', 'ada', [])).toEqual(['grace', 'alan']);
  expect(told('MENTIONED', 'ada', ['grace', 'mallory'], [rule('alan', 'MENTIONED')])).toEqual(['grace']);
  expect(told('RUN_FAILED', null, [], [rule('alan', 'RUN_FAILED'), rule('ada', 'RUN_FAILED', { reach: 'NONE' })])).toEqual(['alan']);
});

test('a kind nobody knows is refused with those there are', () => expect(() => happeningKind('RUN_EXPLODED')).toThrow(/RUN_FINISHED/));

test('mail waits for the end of the quiet hours, over midnight too, in the reader’s zone', () => {
  const night = { ...DEFAULT_HOURS, quietFrom: 22 * 60, quietUntil: 7 * 60 };
  expect(afterQuietHours(at(23, 30), night, minuteOfDay)).toBe(Date.UTC(2026, 10, 30, 7));
  expect(afterQuietHours(at(6, 59), night, minuteOfDay)).toBe(at(7));
  expect(afterQuietHours(at(7), night, minuteOfDay)).toBe(at(7));
  expect(afterQuietHours(at(21, 59), night, minuteOfDay)).toBe(at(21, 59));
  expect(afterQuietHours(at(12), { ...night, timeZone: 'Asia/Tokyo' }, minuteOfDay)).toBe(at(12));
  expect(afterQuietHours(at(14), { ...night, timeZone: 'Asia/Tokyo' }, minuteOfDay)).toBe(at(22));
  expect(afterQuietHours(at(12, 30), { ...DEFAULT_HOURS, quietFrom: 12 * 60, quietUntil: 13 * 60 }, minuteOfDay)).toBe(at(13));
});

test('the digest comes once a day at its minute', () => {
  expect(nextDigest(at(7, 59), DEFAULT_HOURS, minuteOfDay)).toBe(at(8));
  expect(nextDigest(at(8), DEFAULT_HOURS, minuteOfDay)).toBe(Date.UTC(2026, 10, 30, 8));
  expect(nextDigest(at(8, 1) + 30_000, DEFAULT_HOURS, minuteOfDay)).toBe(Date.UTC(2026, 10, 30, 8));
});

test('hours that make no sense are refused', () => {
  for (const bad of [{ timeZone: 'Mars/Olympus' }, { digestAt: 1440 }, { digestAt: 1.5 }, { quietFrom: 60 }, { quietFrom: 60, quietUntil: 60 }, { quietFrom: -1, quietUntil: 60 }]) {
    expect(() => checkHours({ ...DEFAULT_HOURS, ...bad }, minuteOfDay), JSON.stringify(bad)).toThrow(expect.objectContaining({ family: 'bad-input' }));
  }
  expect(checkHours({ ...DEFAULT_HOURS, quietFrom: 1320, quietUntil: 420 }, minuteOfDay).quietFrom).toBe(1320);
});

test('mail gathers for a minute, half of one for what is meant by name, more of the same for half an hour, and none is none', () => {
  for (const kind of ['MENTIONED', 'ACTION_ITEM', 'REVIEW_REQUESTED', 'REVIEW_DECIDED'] as const) expect(postAt({ kind, mail: 'AT_ONCE', nowMs: at(12), posted: 0 }, DEFAULT_HOURS, minuteOfDay), kind).toBe(at(12) + 30_000);
  expect(postAt({ kind: 'RUN_FAILED', mail: 'AT_ONCE', nowMs: at(12), posted: 0 }, DEFAULT_HOURS, minuteOfDay)).toBe(at(12, 1));
  expect(postAt({ kind: 'MENTIONED', mail: 'AT_ONCE', nowMs: at(12), posted: 3 }, DEFAULT_HOURS, minuteOfDay)).toBe(at(12, 30));
  expect(postAt({ kind: 'RUN_FAILED', mail: 'AT_ONCE', nowMs: at(12), posted: 3 }, DEFAULT_HOURS, minuteOfDay)).toBe(at(12, 5));
  expect(postAt({ kind: 'MENTIONED', mail: 'DIGEST', nowMs: at(12), posted: 0 }, DEFAULT_HOURS, minuteOfDay)).toBe(Date.UTC(2026, 10, 30, 8));
  expect(postAt({ kind: 'MENTIONED', mail: 'NONE', nowMs: at(12), posted: 0 }, DEFAULT_HOURS, minuteOfDay)).toBeNull();
});

const S = 1_000;
const M = 60 * S;
const H = 60 * M;
const still = { posted: 0, firstAtMs: 0, lastAtMs: 0, stirredAtMs: 0, runsGoing: false };
/** Milliseconds since the first; what came last is named, and of the experiment nothing came later unless `stirredAtMs` says so. */
test.each<[string, Omit<Partial<Parameters<typeof heldUntil>[0]>, 'kind' | 'to'> & { kind: HappeningKind; to?: 'person' | 'channel' }, number, number | null]>([
  ['one run that failed leaves to a channel half a minute later', { kind: 'RUN_FAILED' }, 10 * S, 30 * S],
  ['… and not before, and then at once', { kind: 'RUN_FAILED' }, 30 * S, null],
  ['… to a person when the letter is due', { kind: 'RUN_FAILED', to: 'person' }, 10 * S, null],
  ['what failed waits in a channel while more fails', { kind: 'RUN_DIVERGED', lastAtMs: 50 * S, stirredAtMs: 50 * S }, 60 * S, 80 * S],
  ['… and while others of its sweep finish', { kind: 'RUN_FAILED', stirredAtMs: 70 * S }, 71 * S, 100 * S],
  ['… but three minutes at most', { kind: 'RUN_FAILED', stirredAtMs: 170 * S }, 175 * S, 180 * S],
  ['… whatever still comes', { kind: 'RUN_FAILED', stirredAtMs: 180 * S, runsGoing: true }, 180 * S, null],
  ['… and not for runs that only go on', { kind: 'RUN_STALLED', runsGoing: true }, 40 * S, null],
  ['what finished waits between two trials that follow each other, though none is going', { kind: 'RUN_FINISHED', lastAtMs: 240 * S, stirredAtMs: 240 * S }, 250 * S, 270 * S],
  ['… by mail too', { kind: 'RUN_FINISHED', to: 'person', lastAtMs: 240 * S, stirredAtMs: 240 * S }, 250 * S, 270 * S],
  ['… and for the runs that go on, looked at often in a channel', { kind: 'RUN_FINISHED', runsGoing: true }, 5 * M, 5 * M + 30 * S],
  ['… and seldom by mail', { kind: 'RUN_FINISHED', to: 'person', runsGoing: true }, 5 * M, 10 * M],
  ['… and leaves when it is still', { kind: 'RUN_FINISHED', lastAtMs: 240 * S, stirredAtMs: 240 * S }, 270 * S, null],
  ['… and never waits longer than a day', { kind: 'RUN_FINISHED', lastAtMs: 24 * H, stirredAtMs: 24 * H, runsGoing: true }, 24 * H, null],
  ['more of what was told waits while runs go on', { kind: 'RUN_FAILED', to: 'person', posted: 1, lastAtMs: 1 * H, runsGoing: true }, 2 * H, 2 * H + 5 * M],
  ['… and while a sweep rests', { kind: 'RUN_FAILED', posted: 1, lastAtMs: 57 * M }, 60 * M, 65 * M],
  ['… and leaves when it is quiet', { kind: 'RUN_FAILED', posted: 1, lastAtMs: 56 * M }, 60 * M, null],
  ['… or a day after the last', { kind: 'RUN_FAILED', posted: 1, lastAtMs: 1 * H, runsGoing: true }, 25 * H, null],
  ['what is of no run never waits', { kind: 'VERDICT_REACHED', stirredAtMs: 10 * S, runsGoing: true }, 10 * S, null],
])('%s', (_sentence, due, nowMs, until) => expect(heldUntil({ ...still, to: 'channel', ...due }, nowMs)).toBe(until));

test('seven attempts follow a failed one, the last after a day', () => {
  const waits = Array.from({ length: 9 }, (_, failed) => retryAfter(failed + 1));
  expect(waits.filter((wait) => wait !== null)).toHaveLength(7);
  expect(waits[6]).toBe(86_400_000);
  expect(waits.slice(7)).toEqual([null, null]);
});

const told = (more: Partial<Told>): Told => ({ kind: 'RUN_FAILED', occurrences: 1, detail: {}, actor: null, project: { name: 'Vision', slug: 'vision' }, experiment: { key: 'VIS-42', name: 'mixup' }, ...more });

test('the words count what is more than one, and lead to the place', () => {
  expect(notificationWords(told({ detail: { about: 'seed 3', said: 'CUDA out of memory' } }))).toEqual({ title: 'Run seed 3 of VIS-42 “mixup” failed', text: 'CUDA out of memory', path: '/e/VIS-42' });
  expect(notificationWords(told({ occurrences: 500, kind: 'RUN_FINISHED' })).title).toBe('500 runs of VIS-42 “mixup” finished');
  expect(notificationWords(told({ kind: 'VERDICT_REACHED', detail: { said: 'SUPPORTED', figures: 'raised acc by 0.8' } }))).toMatchObject({ title: 'VIS-42 “mixup” is supported', text: 'raised acc by 0.8' });
  expect(notificationWords(told({ kind: 'REVIEW_DECIDED', actor: 'Grace', detail: { said: 'CHANGES_REQUESTED' } })).title).toBe('Grace asked for changes of VIS-42 “mixup”');
  expect(notificationWords(told({ occurrences: 44, before: 21 })).title).toBe('44 more runs of VIS-42 “mixup” failed, 65 in all');
  const byGuest = { kind: 'REPLIED', detail: { about: 'Dana (guest): Is it real?', byGuest: true } } as const;
  expect(notificationWords(told(byGuest))).toMatchObject({ title: 'A guest of a share link commented on VIS-42 “mixup”', text: 'Dana (guest): Is it real?' });
  expect(notificationWords(told({ ...byGuest, occurrences: 3 })).title).toBe('3 comments of guests on VIS-42 “mixup”');
  expect(notificationWords(told({ kind: 'REPLIED', occurrences: 4 })).title).toBe('4 new comments in VIS-42 “mixup”');
  expect(notificationWords(told({ kind: 'MENTIONED', detail: { place: '?tab=discussion#comment-com_1' } })).path).toBe('/e/VIS-42?tab=discussion#comment-com_1');
  expect(notificationWords(told({ kind: 'MENTIONED', experiment: null, detail: { about: 'x'.repeat(900), path: '/n/not_1' } }))).toMatchObject({ path: '/n/not_1', title: 'Somebody mentioned you in “Vision”' });
  expect(notificationWords(told({ kind: 'MENTIONED', detail: { about: 'x'.repeat(900) } })).text).toHaveLength(400);
});

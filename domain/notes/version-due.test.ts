import { expect, test } from 'vitest';
import { versionDue, type VersionSituation } from './version-due.ts';

const at = (minutes: number) => new Date(minutes * 60_000);
const situation: VersionSituation = { last: { createdAt: at(0), upTo: 10, authorId: 'ada' }, lastUpdate: 20, authorId: 'ada', deserted: false, now: at(5) };

test.each<[string, Partial<VersionSituation>, boolean]>([
  ['the first words are', { last: null, lastUpdate: 1 }, true],
  ['a note in which nothing was written is not', { last: null, lastUpdate: 0 }, false],
  ['what the last version holds already is not', { lastUpdate: 10, deserted: true, now: at(100) }, false],
  ['one writer at it for five minutes is not yet', {}, false],
  ['one writer at it for ten minutes is', { now: at(10) }, true],
  ['another writer is, after a minute', { authorId: 'bob', now: at(1) }, true],
  ['two writers in turns are not a version each time', { authorId: 'bob', now: at(0.5) }, false],
  ['many edits are', { lastUpdate: 510, now: at(0.1) }, true],
  ['when everybody left it is', { deserted: true, now: at(0.1) }, true],
])('worth a version of its own: %s', (_, more, due) => { expect(versionDue({ ...situation, ...more })).toBe(due); });

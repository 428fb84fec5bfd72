import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresStore } from '../../adapters/postgres/store.ts';
import { systemClock, systemIds } from '../../adapters/system/ambient.ts';
import { yjsNoteDocuments } from '../../adapters/yjs/note-documents.ts';
import { appendUpdates } from '../../operations/notes/append-updates.ts';
import { deriveBehind } from '../../operations/notes/derive-behind.ts';
import { deriveNote } from '../../operations/notes/derive-note.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { FOLD_AFTER } from '../../domain/notes/note.ts';
import { MOST_NOTE_BYTES } from '../../domain/notes/collab-frame.ts';
import { noteMarkdown } from '../../domain/richtext/note-markdown.ts';
import type { Store } from '../../operations/ports/store.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';

let fresh: FreshDatabase;
let database: Database;
let store: Store;
const viewer: Viewer = { personId: 'per_1', organizationId: 'org_1', organizationRole: 'OWNER', roles: new Map(), signedIn: true };

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  store = postgresStore(database, systemIds);
  await database.prisma.organization.create({ data: { id: 'org_1', slug: 'org', name: 'Org' } });
  await database.prisma.project.create({ data: { id: 'prj_1', organizationId: 'org_1', slug: 'lab', key: 'LAB', name: 'Lab' } });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const ports = () => ({ store, noteDocuments: yjsNoteDocuments, clock: systemClock, ids: systemIds });

async function newNote(): Promise<string> {
  const id = systemIds.next('note');
  const now = systemClock.now();
  await store.transaction((tx) => tx.notes.insert({ id, projectId: 'prj_1', subjectId: 'prj_1', subjectKind: 'project', title: 'Note', createdById: 'per_1', createdAt: now, updatedAt: now, deletedAt: null, lastUpdate: 0, stateUpdate: 0, bytes: 0, derivedUpdate: 0, excerpt: '' }));
  return id;
}

/** One paragraph, as a client of its own writes it. */
function paragraph(words: string): Uint8Array {
  const doc = new Y.Doc();
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(words)]);
  doc.getXmlFragment('default').push([element]);
  return Y.encodeStateAsUpdate(doc);
}
const since = (note: string, number: number) => store.transaction((tx) => tx.notes.since(note, number));
const wordsIn = async (note: string): Promise<string[]> => noteMarkdown(yjsNoteDocuments.document((await since(note, 0)).map(({ data }) => data))).trim().split('\n\n').toSorted();

test('those who append at once take turns: the numbers have no gap, and nothing is overwritten', async () => {
  const note = await newNote();
  const appended = await Promise.all(Array.from({ length: 20 }, (_, at) => appendUpdates(ports(), note, [{ viewer, data: paragraph(`a${at}`) }, { viewer: { ...viewer, personId: 'per_2' }, data: paragraph(`b${at}`) }])));
  const numbers = appended.flatMap(({ updates }) => updates.map(({ number }) => number)).toSorted((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
  expect(await wordsIn(note)).toHaveLength(40);
});

test('when many have piled up they are merged, and a reader who goes on from any number, while that happens too, misses nothing', async () => {
  const note = await newNote();
  const doc = new Y.Doc();
  let upTo = 0;
  const read = async (): Promise<void> => {
    for (const { number, data } of await since(note, upTo)) { Y.applyUpdate(doc, data); upTo = Math.max(upTo, number); }
  };
  const wanted = FOLD_AFTER + 30;
  for (let at = 0; at < wanted; at += 10) await Promise.all([...Array.from({ length: 10 }, (_, each) => appendUpdates(ports(), note, [{ viewer, data: paragraph(`w${at + each}`) }])), read()]);
  await read();
  expect(doc.getXmlFragment('default').length).toBe(wanted);
  const kept = await database.prisma.noteUpdate.count({ where: { noteId: note } });
  expect(kept).toBeLessThan(FOLD_AFTER);
  expect(await wordsIn(note)).toEqual(Array.from({ length: wanted }, (_, at) => `w${at}`).toSorted());
  const row = await database.prisma.note.findUniqueOrThrow({ where: { id: note } });
  expect([row.lastUpdate, Number(row.stateUpdate)]).toEqual([BigInt(wanted), wanted - kept]);
  // Of those that were merged nobody is the author alone.
  expect((await since(note, 0)).map(({ authorId }) => authorId).slice(0, 2)).toEqual([null, 'per_1']);
});

test('a note that is full takes nothing more and says so, until something is taken out', async () => {
  const note = await newNote();
  const doc = new Y.Doc();
  const text = new Y.XmlText();
  doc.getXmlFragment('default').push([text]);
  let last = Y.encodeStateVector(new Y.Doc());
  const send = async () => {
    const data = Y.encodeStateAsUpdate(doc, last);
    const { refusals } = await appendUpdates(ports(), note, [{ viewer, data }]);
    if (refusals[0] === null) last = Y.encodeStateVector(doc);
    return refusals[0];
  };
  let refusal = null;
  for (let piece = 0; piece < 20 && !refusal; piece += 1) {
    text.insert(0, 'x'.repeat(1_000_000));
    refusal = await send();
  }
  expect(refusal).toMatchObject({ code: 'note/too-large' });
  expect((await database.prisma.note.findUniqueOrThrow({ where: { id: note } })).bytes).toBeLessThanOrEqual(BigInt(MOST_NOTE_BYTES));
  text.delete(0, text.length);
  const spare = new Y.Doc();
  Y.applyUpdate(spare, Y.encodeStateAsUpdate(doc));
  expect((await appendUpdates(ports(), note, [{ viewer, data: Y.diffUpdate(Y.encodeStateAsUpdate(spare), last) }])).refusals).toEqual([null]);
});

test('what is no update is refused among those that are, and so is what somebody may not write', async () => {
  const note = await newNote();
  const { updates, refusals } = await appendUpdates(ports(), note, [
    { viewer, data: paragraph('good') }, { viewer, data: Uint8Array.of(1, 2, 3, 4) }, { viewer: { ...viewer, organizationRole: 'MEMBER', roles: new Map([['prj_1', 'VIEWER']]) }, data: paragraph('not mine') },
  ]);
  expect(refusals.map((refusal) => refusal?.code ?? null)).toEqual([null, 'note/not-an-update', 'note/read-only']);
  expect(updates).toHaveLength(1);
  expect(await wordsIn(note)).toEqual(['good']);
});

test('mentions stay with who made them, and go when they are taken out', async () => {
  const source = { kind: 'comment' as const, id: 'com_1', subjectId: 'exp_1', projectId: 'prj_1', at: new Date(0) };
  const replace = (authorId: string, ...ids: string[]) => store.transaction((tx) => tx.mentions.replace({ ...source, authorId }, ids.map((id) => ({ kind: 'person' as const, id }))));
  expect(await replace('ada', 'per_1', 'per_2')).toHaveLength(2);
  expect(await replace('bob', 'per_2', 'per_3')).toEqual([{ kind: 'person', id: 'per_3' }]);
  const rows = await database.prisma.mention.findMany({ where: { sourceId: 'com_1' }, orderBy: { targetId: 'asc' } });
  expect(rows.map(({ targetId, authorId }) => [targetId, authorId])).toEqual([['per_2', 'ada'], ['per_3', 'bob']]);
  await store.transaction((tx) => tx.mentions.remove('com_1'));
  expect(await replace('ada')).toEqual([]);
  expect(await database.prisma.mention.count({ where: { sourceId: 'com_1' } })).toBe(0);
});

test('what follows from a note is written down once, however often it is asked for', async () => {
  const note = await newNote();
  await appendUpdates(ports(), note, [{ viewer, data: paragraph('words to be found') }]);
  for (const deserted of [false, false, true, true]) await deriveNote(ports(), { note, deserted });
  const row = await database.prisma.note.findUniqueOrThrow({ where: { id: note } });
  expect(row).toMatchObject({ excerpt: 'words to be found', derivedUpdate: 1n });
  expect(await database.prisma.noteVersion.count({ where: { noteId: note } })).toBe(1);
  expect(await database.prisma.outboxEvent.count({ where: { body: { path: ['id'], equals: note } } })).toBe(1);
});

test('what a killed server process left behind is written down later, and people it mentions hear of it once', async () => {
  const note = await newNote();
  const data = yjsNoteDocuments.begin({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'mention', attrs: { kind: 'person', id: 'per_9', label: '@Ada' } }] }] });
  await appendUpdates(ports(), note, [{ viewer, data }]);
  const later = { ...systemClock, after: (ms: number) => systemClock.after(ms + 60_000) };
  expect(await deriveBehind({ ...ports(), clock: systemClock })).toBe(0);
  expect(await deriveBehind({ ...ports(), clock: later })).toBeGreaterThan(0);
  expect(await deriveBehind({ ...ports(), clock: later })).toBe(0);
  await appendUpdates(ports(), note, [{ viewer, data: paragraph('more') }]);
  await deriveNote(ports(), { note, deserted: false });
  const told = await database.prisma.happening.findMany({ where: { subjectId: note } });
  expect(told.map(({ kind, addresseeIds }) => [kind, addresseeIds])).toEqual([['MENTIONED', ['per_9']]]);
});

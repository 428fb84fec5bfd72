import { afterAll, beforeAll, expect, test } from 'vitest';
import { XmlElement, XmlText } from 'yjs';
import { NoteConnection } from '../../app/_editor/note-connection.ts';
import { startApi, SECRET, type Api } from '../support/api.ts';
import { openNote } from '../support/note-client.ts';
import { startReplica } from '../support/replica.ts';

let api: Api;
let subject: string;
const open: NoteConnection[] = [];

beforeAll(async () => {
  api = await startApi();
  subject = (await api.ok<{ createProject: { project: { id: string } } }>('mutation { createProject(input: { slug: "lab", name: "Lab" }) { project { id } } }')).createProject.project.id;
}, 120_000);
afterAll(async () => {
  for (const connection of open) connection.close();
  await api.stop();
});

const newNote = async (): Promise<string> => (await api.ok<{ createNote: { note: { id: string } } }>('mutation($subject: ID!) { createNote(input: { subject: $subject, title: "Plan" }) { note { id } } }', { subject })).createNote.note.id;
const connect = (note: string, origin = api.url): NoteConnection => {
  const connection = new NoteConnection(note, origin);
  open.push(connection);
  return connection;
};
const write = ({ doc }: NoteConnection, words: string): void => doc.transact(() => {
  const paragraph = new XmlElement('paragraph');
  paragraph.insert(0, [new XmlText(words)]);
  doc.getXmlFragment('default').push([paragraph]);
});
const words = ({ doc }: NoteConnection): string[] => doc.getXmlFragment('default').toArray().map((each) => (each as XmlElement).toArray().map((text) => (text as XmlText).toJSON()).join(''));

test('the page\'s connection says what is live and what is saved, and two pages see each other\'s words and carets', async () => {
  const note = await newNote();
  const [one, two] = [connect(note), connect(note)];
  let told = 0;
  one.subscribe(() => { told += 1; });
  await expect.poll(() => [one.state, two.state]).toEqual(['live', 'live']);
  write(one, 'hello');
  expect(one.saved).toBe(false);
  await expect.poll(() => [one.saved, words(two)]).toEqual([true, ['hello']]);
  expect(told).toBeGreaterThan(1);
  two.awareness.setLocalStateField('cursor', { anchor: 1 });
  await expect.poll(() => one.awareness.getStates().get(two.doc.clientID)).toMatchObject({ cursor: { anchor: 1 }, user: { name: expect.any(String) } });
  two.close();
  await expect.poll(() => one.awareness.getStates().has(two.doc.clientID)).toBe(false);
});

test('a paste of 50 MB is taken back, which is said until it is read, and the connection goes on', async () => {
  const note = await newNote();
  const [one, two] = [connect(note), connect(note)];
  await expect.poll(() => [one.state, two.state]).toEqual(['live', 'live']);
  write(one, 'before');
  write(one, 'x'.repeat(50_000_000));
  await expect.poll(() => one.tookBack).toBe(true);
  write(one, 'after');
  await expect.poll(() => [one.state, one.saved, words(one), words(two)]).toEqual(['live', true, ['before', 'after'], ['before', 'after']]);
  expect([one.refusal, two.tookBack]).toEqual([null, false]);
  one.readTookBack();
  expect(one.tookBack).toBe(false);
}, 60_000);

test('a connection that is lost is seen, what is written meanwhile is kept, and it comes back by itself when the server does', async () => {
  const note = await newNote();
  const replica = await startReplica(api, SECRET);
  const [away, here] = [connect(note, replica.url), connect(note)];
  await expect.poll(() => [away.state, here.state]).toEqual(['live', 'live']);
  await replica.kill();
  await expect.poll(() => away.state).toBe('offline');
  write(away, 'in the train');
  write(here, 'at the desk');
  await expect.poll(() => here.saved).toBe(true);
  expect(away.saved).toBe(false);
  const back = await startReplica(api, SECRET, { PORT: new URL(replica.url).port });
  away.reconnectNow();
  await expect.poll(() => [away.state, away.saved], { timeout: 20_000 }).toEqual(['live', true]);
  await expect.poll(() => [words(away).toSorted(), words(here).toSorted()]).toEqual(Array.from({ length: 2 }, () => ['at the desk', 'in the train']));
  away.close();
  await back.kill();
}, 120_000);

test('a note that is deleted while it is open is refused with a sentence, and not tried again', async () => {
  const note = await newNote();
  const one = connect(note);
  await expect.poll(() => one.state).toBe('live');
  await api.ok('mutation($note: ID!) { deleteNote(input: { note: $note }) { deleted } }', { note });
  await expect.poll(() => one.state).toBe('refused');
  expect(one.refusal?.message).toMatch(/deleted/);
  const gone = connect(note);
  await expect.poll(() => gone.state).toBe('refused');
});

test('a server that stops says so, and its readers go elsewhere at once', async () => {
  const other = await startApi();
  const { createProject } = await other.ok<{ createProject: { project: { id: string } } }>('mutation { createProject(input: { slug: "lab", name: "Lab" }) { project { id } } }');
  const { createNote } = await other.ok<{ createNote: { note: { id: string } } }>('mutation($subject: ID!) { createNote(input: { subject: $subject, title: "Plan" }) { note { id } } }', { subject: createProject.project.id });
  const client = await openNote(other.url, createNote.note.id, null);
  await other.stop();
  expect(await client.closed).toBe(1001);
}, 60_000);

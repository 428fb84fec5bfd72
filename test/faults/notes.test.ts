import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { XmlElement, XmlText } from 'yjs';
import { NoteConnection } from '../../app/_editor/note-connection.ts';
import { standingWords } from '../../app/_features/notes/note-standing.ts';
import type { ProcessName } from '../../scripts/launch/lemma.ts';
import { eventually, lemmaClient, untilAnswered, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let client: LemmaClient;
beforeAll(async () => {
  stack = await startStack();
  client = lemmaClient(stack.url);
});
afterAll(() => stack.stop());

/** Somebody at a note, with the line that their page has to it. */
function openNote(note: string) {
  const connection = new NoteConnection(note, stack.url);
  const written: string[] = [];
  const shownAsSaved = new Set<string>();
  const said = new Set<string>();
  const look = (): void => {
    said.add(standingWords(connection).text);
    if (connection.saved) for (const word of written) shownAsSaved.add(word);
  };
  connection.subscribe(look);
  onTestFinished(() => connection.close());
  return {
    connection, shownAsSaved, said, written,
    write(word: string): void {
      written.push(word);
      const paragraph = new XmlElement('paragraph');
      paragraph.insert(0, [new XmlText(word)]);
      connection.doc.getXmlFragment('default').push([paragraph]);
    },
    words: (): string[] => connection.doc.getXmlFragment('default').toArray().map((each) => (each as XmlElement).toArray().map((text) => (text as XmlText).toJSON()).join('')),
  };
}

const WORDS = 40;
const OFFLINE = 'Offline — your edits are kept on this device and merged when you are back.';

test.each<[ProcessName, readonly string[]]>([
  ['Postgres', ['Saved', 'Saving…', OFFLINE]],
  ['nats-server', ['Saved', 'Saving…']],
])('two people write on while %s is away and comes back: nothing shown as saved is lost, all is saved in the end, and their pages say how it stands', async (name, sentences) => {
  const { createProject } = await untilAnswered(() => client.graphql<{ createProject: { project: { id: string } } }>('mutation($input: CreateProjectInput!) { createProject(input: $input) { project { id } } }', { input: { slug: `away-${name.toLowerCase()}`, name } }));
  const { createNote } = await untilAnswered(() => client.graphql<{ createNote: { note: { id: string } } }>('mutation($input: CreateNoteInput!) { createNote(input: $input) { note { id } } }', { input: { subject: createProject.project.id, title: 'Away' } }));
  const note = createNote.note.id;
  const people = [openNote(note), openNote(note)] as const;
  await eventually(() => Promise.resolve(people.every(({ connection }) => connection.synced)), (all) => all);
  const writeAll = async (when: string): Promise<void> => {
    for (let word = 0; word < WORDS; word += 1) {
      for (const [person, one] of people.entries()) one.write(`${when} ${person} ${word}`);
      await pause(5);
    }
  };
  await writeAll('before');
  await eventually(() => Promise.resolve(people.every(({ connection }) => connection.saved)), (all) => all);
  const gone = stack.kill(name);
  await writeAll('during');
  await gone;
  await stack.whenReady();
  await writeAll('after');
  await eventually(() => Promise.resolve(people.every(({ connection }) => connection.state === 'live' && connection.saved)), (all) => all);
  const everything = people.flatMap(({ written }) => written).toSorted();
  for (const one of people) await eventually(() => Promise.resolve(one.words().toSorted()), (words) => words.length >= everything.length);
  const kept = (await untilAnswered(() => client.graphql<{ note: { markdown: string } }>('query($note: ID!) { note(id: $note) { markdown } }', { note }))).note.markdown.split('\n').filter((line) => line !== '').toSorted();
  for (const { shownAsSaved, said, words } of people) {
    expect([...shownAsSaved].filter((word) => !kept.includes(word))).toEqual([]);
    expect(words().toSorted()).toEqual(kept);
    expect([...said]).toEqual(expect.arrayContaining([...sentences]));
  }
  expect(kept).toEqual(everything);
});

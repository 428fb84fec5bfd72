import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRelativePositionFromTypeIndex, encodeRelativePosition, XmlElement, XmlText } from 'yjs';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';
import { openNote, type NoteClient } from '../support/note-client.ts';
import { passageIn, type TextAnchor } from '../support/passage-in.ts';

let api: Api;
let lab: Lab;
let subject: string;
const clients: NoteClient[] = [];
beforeAll(async () => {
  api = await startApi();
  lab = await openLab(api);
  subject = (await lab.experiment('written about')).id;
});
afterAll(async () => {
  for (const client of clients) client.close();
  await api.stop();
});

const START = 'mutation($input: StartThreadInput!) { startThread(input: $input) { thread { id place { seen now movedOn } } } }';
const PLACE = 'query($id: ID!) { thread(id: $id) { place { seen now movedOn } } }';
const FOLLOW = 'mutation($input: FollowPassageInput!) { followPassage(input: $input) { thread { id anchor } } }';
interface Started { readonly startThread: { readonly thread: { readonly id: string; readonly place: unknown } } }

const inputFor = (note: string, anchor: unknown) => ({ input: { subject: note, anchor, body: 'By how much?' } });
const start = async (note: string, anchor: TextAnchor, as = lab.vera) => (await api.ok<Started>(START, inputFor(note, anchor), as)).startThread.thread;
const refused = (note: string, anchor: unknown, as = lab.vera): Promise<string> => api.refusal(START, inputFor(note, anchor), as);
const place = async (id: string): Promise<unknown> => (await api.ok<{ thread: { place: unknown } }>(PLACE, { id }, lab.vera)).thread.place;

async function noteSaying(markdown: string, as = lab.ada): Promise<{ readonly note: string; readonly writer: NoteClient }> {
  const { createNote } = await api.ok<{ createNote: { note: { id: string } } }>('mutation($input: CreateNoteInput!) { createNote(input: $input) { note { id } } }', { input: { subject, title: 'Plan', markdown } }, lab.ada);
  const writer = await openNote(api.url, createNote.note.id, as);
  clients.push(writer);
  return { note: createNote.note.id, writer };
}
const saved = async (writer: NoteClient, push: number): Promise<void> => { await expect.poll(() => writer.saved.has(push)).toBe(true); };
const change = (writer: NoteClient, make: () => void): Promise<void> => saved(writer, writer.change(make));
const paragraph = ({ doc }: NoteClient, at: number): XmlText => (doc.getXmlFragment('default').get(at) as XmlElement).get(0) as XmlText;
const positionAt = (text: XmlText, index: number, side: 0 | -1): string => Buffer.from(encodeRelativePosition(createRelativePositionFromTypeIndex(text, index, side))).toString('base64');

describe('what a passage quotes, the note has said', () => {
  test('words that it never said are refused, in its middle too, and with a sentence that says what to do', async () => {
    const { note, writer } = await noteSaying('We keep the learning rate.\n\nThe baseline is not stale.');
    const passage = passageIn(writer.doc, 'The baseline is not stale');
    for (const quote of ['We were wrong', 'The baseline is stale', 'The baseline is not stale.', 'baseline is not stale', 'The baseline is not stal']) expect(await refused(note, { ...passage, quote })).toBe('thread/anchor-unknown');
    const { errors } = await api.gql(START, inputFor(note, { ...passage, quote: 'We were wrong' }), lab.vera);
    expect(errors[0]?.message).toContain('Choose the words in it again');
    expect(await api.adapters.prisma.thread.count({ where: { subjectId: note } })).toBe(0);
    expect((await start(note, passage)).place).toEqual({ seen: '“The baseline is not stale”', now: '“The baseline is not stale”', movedOn: false });
  });

  test('letters of another note, of none, behind the last one and what is no name of a letter are refused, though the words are there', async () => {
    const [{ note, writer }, other] = [await noteSaying('We keep the learning rate.'), await noteSaying('We keep the learning rate.')];
    const passage = passageIn(writer.doc, 'We keep the learning rate');
    const text = paragraph(writer, 0);
    const garbage = [
      passageIn(other.writer.doc, passage.quote),
      { ...passage, from: 'AAEC' }, { ...passage, to: 'AAEC' },
      // Ends that are no letter: the end of the paragraph, the whole note.
      { ...passage, to: positionAt(text, text.length, 0) }, { ...passage, from: Buffer.from([1, 7, ...Buffer.from('default'), 0]).toString('base64') },
      // More behind it, other alphabets, and bytes that say nothing.
      { ...passage, from: Buffer.from([...Buffer.from(passage.from, 'base64'), 1, 2]).toString('base64') }, { ...passage, from: '____' }, { ...passage, from: 'A' }, { ...passage, from: '//////////////////8=' },
    ];
    for (const anchor of garbage) expect(await refused(note, anchor), JSON.stringify(anchor)).toBe('thread/anchor-unknown');
    const { item } = JSON.parse(JSON.stringify(createRelativePositionFromTypeIndex(text, 0))) as { item: { client: number; clock: number } };
    const beyond = Buffer.from(encodeRelativePosition({ type: null, tname: null, item: { client: item.client, clock: 100_000 }, assoc: -1 } as never)).toString('base64');
    expect(await refused(note, { ...passage, to: beyond })).toBe('thread/anchor-unknown');
    // The last letter before the first says nothing; its words are still where they are.
    expect(await refused(note, { ...passage, from: passage.to, to: passage.from, quote: 'keep' })).toBe('thread/anchor-unknown');
    await start(note, passage);
  });

  test('it runs over paragraphs, mentions and more than is quoted', async () => {
    const { note, writer } = await noteSaying(`First of all, see [@Ada](lemma:person/per_1) there.\n\n- a list\n- of things\n\n${'long '.repeat(400)}end`);
    const whole = passageIn(writer.doc, 'First of all', 'of things');
    await start(note, { ...whole, quote: 'First of all, see @Ada there. a list of things' });
    expect(await refused(note, { ...whole, quote: 'First of all, see there. a list of things' })).toBe('thread/anchor-unknown');
    const long = passageIn(writer.doc, 'First of all', 'end');
    const words = `First of all, see @Ada there. a list of things ${'long '.repeat(400)}end`;
    await start(note, { ...long, quote: words.slice(0, 1000) });
    expect(await refused(note, { ...long, quote: words.slice(0, 999) })).toBe('thread/anchor-unknown');
  });

  test('while somebody writes about words, somebody else may change, delete or move them: they were said a moment ago', async () => {
    const { note, writer } = await noteSaying('The old rate is stale.\n\nThe new rate is not.\n\nA third one.');
    const [changed, deleted, moved] = [passageIn(writer.doc, 'old rate'), passageIn(writer.doc, 'new rate'), passageIn(writer.doc, 'third')];
    await change(writer, () => { paragraph(writer, 0).insert('The old '.length, 'and very slow '); });
    await change(writer, () => { paragraph(writer, 1).delete(0, 'The new rate'.length); });
    await change(writer, () => {
      writer.doc.getXmlFragment('default').delete(2, 1);
      const heading = new XmlElement('heading');
      heading.insert(0, [new XmlText('A third one.')]);
      writer.doc.getXmlFragment('default').push([heading]);
    });
    expect((await start(note, changed)).place).toEqual({ seen: '“old rate”', now: '“old and very slow rate”', movedOn: true });
    expect((await start(note, deleted)).place).toEqual({ seen: '“new rate”', now: null, movedOn: true });
    expect((await start(note, moved)).place).toEqual({ seen: '“third”', now: null, movedOn: true });
    expect(await refused(note, { ...changed, quote: 'old and slow rate' })).toBe('thread/anchor-unknown');
  });

  test('where edits crossed, the words are those that their author saw, whatever order they came in', async () => {
    const { note, writer: ada } = await noteSaying('The rate is stale.');
    const grace = await openNote(api.url, note, lab.grace);
    clients.push(grace);
    // Both write in the same words before either hears of the other.
    const passage = passageIn(ada.doc, 'rate is stale');
    const update = new Promise<Uint8Array>((resolve) => { grace.doc.once('update', resolve); });
    grace.doc.transact(() => { paragraph(grace, 0).insert('The rate is '.length, 'really '); });
    const crossing = await update;
    const mine = ada.change(() => { paragraph(ada, 0).insert('The '.length + 'rate'.length, ' of ours'); });
    const anchor = { ...passage, quote: 'rate is really stale' };
    await saved(ada, mine);
    await saved(grace, grace.push(crossing));
    expect(await refused(note, anchor, lab.ada)).toBe('thread/anchor-unknown');
    await start(note, anchor, lab.grace);
    await start(note, { ...passage, quote: 'rate of ours is stale' }, lab.ada);
  });

  test('after many more edits its moments are merged: words that are gone are refused, those that stand elsewhere are found', async () => {
    const { note, writer } = await noteSaying('Soon gone.\n\nThe learning rate is moved.');
    const [gone, moved] = [passageIn(writer.doc, 'Soon gone'), passageIn(writer.doc, 'The learning rate is moved')];
    await change(writer, () => { writer.doc.getXmlFragment('default').delete(0, 2); });
    await saved(writer, writer.write('So: The learning rate is moved.'));
    const { store, noteDocuments } = api.adapters.ports;
    await store.transaction(async (tx) => {
      const kept = await tx.notes.lock(note);
      if (kept !== null) await tx.notes.fold(kept, noteDocuments.compact((await tx.notes.since(note, 0)).map(({ data }) => data)));
    });
    expect(await refused(note, gone)).toBe('thread/anchor-unknown');
    expect((await start(note, moved)).place).toMatchObject({ movedOn: false });
  });
});

describe('what became of a passage', () => {
  test('it stays what it is while it says the same, changes with its letters, and is gone with them', async () => {
    const { note, writer } = await noteSaying('The old baseline is stale.\n\nAnother line.');
    const { id } = await start(note, passageIn(writer.doc, 'old baseline'));
    await change(writer, () => { paragraph(writer, 0).insert(0, 'Mind you: '); });
    expect(await place(id)).toEqual({ seen: '“old baseline”', now: '“old baseline”', movedOn: false });
    await change(writer, () => { paragraph(writer, 0).insert('Mind you: The old '.length, '(2023) '); });
    expect(await place(id)).toEqual({ seen: '“old baseline”', now: '“old (2023) baseline”', movedOn: true });
    await change(writer, () => { writer.doc.getXmlFragment('default').delete(0, 1); });
    expect(await place(id)).toEqual({ seen: '“old baseline”', now: null, movedOn: true });
  });

  test('its letters get other names only of letters that are there', async () => {
    const { note, writer } = await noteSaying('The old baseline is stale.');
    const other = await noteSaying('The old baseline is stale.');
    const passage = passageIn(writer.doc, 'old baseline');
    const { id } = await start(note, passage);
    await change(writer, () => {
      writer.doc.getXmlFragment('default').delete(0, 1);
      const heading = new XmlElement('heading');
      heading.insert(0, [new XmlText('The old baseline is stale.')]);
      writer.doc.getXmlFragment('default').push([heading]);
    });
    const [anew, elsewhere] = [passageIn(writer.doc, 'old baseline'), passageIn(other.writer.doc, 'old baseline')];
    for (const { from, to } of [passage, elsewhere, { from: anew.from, to: 'AAEC' }, { from: anew.to, to: anew.from }]) expect(await api.refusal(FOLLOW, { input: { thread: id, from, to } }, lab.ada)).toBe('thread/anchor-unknown');
    expect(await api.ok(FOLLOW, { input: { thread: id, from: anew.from, to: anew.to } }, lab.ada)).toMatchObject({ followPassage: { thread: { anchor: anew } } });
    expect(await place(id)).toMatchObject({ movedOn: false });
  });
});

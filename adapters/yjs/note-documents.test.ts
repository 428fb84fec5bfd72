import { prosemirrorJSONToYDoc, yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap';
import { getSchema, Node } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { EMPTY_NOTE, type NoteDocument } from '../../domain/richtext/note-document.ts';
import { yjsNoteDocuments as documents } from './note-documents.ts';

const text = (words: string, ...marks: { type: string; attrs?: object }[]) => ({ type: 'text', text: words, ...(marks.length > 0 ? { marks } : {}) });
const paragraph = (...content: object[]) => ({ type: 'paragraph', content });
const doc = (...content: object[]) => ({ type: 'doc', content }) as unknown as NoteDocument;

const mention = Node.create({ name: 'mention', group: 'inline', inline: true, atom: true, addAttributes: () => ({ kind: { default: null }, id: { default: null }, label: { default: '' } }) });
const evidence = Node.create({ name: 'evidence', group: 'block', atom: true, addAttributes: () => ({ kind: { default: null }, subject: { default: null }, options: { default: {} }, frozen: { default: null } }) });
const schema = getSchema([StarterKit, TaskList, TaskItem, Table, TableRow, TableCell, TableHeader, mention, evidence]);

const RICH = doc(
  { type: 'heading', attrs: { level: 2 }, content: [text('Why')] },
  paragraph(text('plain '), text('bold', { type: 'bold' }), text('both', { type: 'bold' }, { type: 'italic' }), { type: 'mention', attrs: { kind: 'person', id: 'per_1', label: '@Ada' } }, text(' and ', { type: 'code' })),
  { type: 'taskList', content: [{ type: 'taskItem', attrs: { checked: true }, content: [paragraph(text('done'))] }] },
  { type: 'codeBlock', attrs: { language: 'python' }, content: [text('x = 1\ny = 2')] },
  { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableHeader', attrs: { colspan: 1, rowspan: 1, colwidth: null }, content: [paragraph(text('a'))] }, { type: 'tableCell', attrs: { colspan: 2, rowspan: 1, colwidth: [100, 80] }, content: [paragraph()] }] }] },
  { type: 'evidence', attrs: { kind: 'verdict', subject: 'exp_1', options: { metric: 'acc' }, frozen: null } },
);

const fragmentOf = (update: Uint8Array): Y.XmlFragment => {
  const made = new Y.Doc();
  Y.applyUpdate(made, update);
  return made.getXmlFragment('default');
};

test('a document is written as y-tiptap writes it: the same elements, attributes, text and marks', () => {
  const ours = fragmentOf(documents.begin(RICH));
  const theirs = prosemirrorJSONToYDoc(schema, RICH, 'default').getXmlFragment('default');
  const shape = (node: Y.XmlElement | Y.XmlText | Y.XmlFragment | Y.XmlHook): unknown => (node instanceof Y.XmlText ? node.toDelta() : [(node as Y.XmlElement).nodeName, node instanceof Y.XmlElement ? node.getAttributes() : {}, (node as Y.XmlElement).toArray().map(shape)]);
  expect(shape(ours)).toEqual(shape(theirs));
  // And their reader makes a document of ours that the editor's schema accepts.
  const read = schema.nodeFromJSON(yXmlFragmentToProsemirrorJSON(ours));
  read.check();
  expect(read.textContent).toBe('Whyplain boldboth and donex = 1\ny = 2a');
});

test('what was written is read back, and what the editor wrote too', () => {
  expect(documents.document([documents.begin(RICH)])).toEqual(documents.document([Y.encodeStateAsUpdate(prosemirrorJSONToYDoc(schema, RICH, 'default'))]));
  expect(documents.document([documents.begin(RICH)]).content.map(({ type }) => type)).toEqual(['heading', 'paragraph', 'taskList', 'codeBlock', 'table', 'evidence']);
  expect(documents.document([])).toEqual(EMPTY_NOTE);
});

test('a document is turned into another by replacing only the blocks that differ: an anchor elsewhere lives on', () => {
  const before = doc(paragraph(text('one')), paragraph(text('two')), paragraph(text('three')), paragraph(text('four')));
  const after = doc(paragraph(text('one')), paragraph(text('2')), paragraph(text('and a half')), paragraph(text('three')), paragraph(text('four')));
  const first = documents.begin(before);
  const there = fragmentOf(first);
  const third = (there.get(2) as Y.XmlElement).get(0) as Y.XmlText;
  const anchor = Y.createRelativePositionFromTypeIndex(third, 2);
  const update = documents.turnInto([first], after);
  if (!update || !there.doc) throw new Error('nothing was changed');
  Y.applyUpdate(there.doc, update);
  expect(documents.document([Y.encodeStateAsUpdate(there.doc)])).toEqual(after);
  expect(Y.createAbsolutePositionFromRelativePosition(anchor, there.doc)).toMatchObject({ type: third, index: 2 });
  expect(documents.turnInto([first], before)).toBeNull();
  for (const [from, to] of [[before, doc(paragraph(text('four')))], [doc(paragraph(text('a')), paragraph(text('a'))), doc(paragraph(text('a')))], [doc(paragraph(text('a'))), doc(paragraph(text('a')), paragraph(text('a')), paragraph(text('b')))]] as const) {
    const start = documents.begin(from);
    const turned = documents.turnInto([start], to);
    expect(documents.document(turned ? [start, turned] : [start])).toEqual(to);
  }
});

test('what is not an update is none: noise, a cut one, and what follows one is left out', () => {
  const whole = documents.begin(RICH);
  expect(documents.parse(new TextEncoder().encode('GET / HTTP/1.1'))).toBeNull();
  expect(documents.parse(whole.subarray(0, whole.length - 3))).toBeNull();
  expect(documents.parse(Uint8Array.of(255, 255, 255, 255, 255, 255, 1))).toBeNull();
  expect(documents.document([documents.parse(Uint8Array.of(...whole, 7, 7, 7)) ?? new Uint8Array()])).toEqual(documents.document([whole]));
});

test('updates that are merged say what they said apart, also when one is missing that comes later', () => {
  const source = new Y.Doc();
  const updates: Uint8Array[] = [];
  source.on('update', (update) => { updates.push(update); });
  const fragment = source.getXmlFragment('default');
  for (const words of ['a', 'b', 'c']) {
    fragment.push([new Y.XmlElement('paragraph')]);
    (fragment.get(fragment.length - 1) as Y.XmlElement).insert(0, [new Y.XmlText(words)]);
  }
  fragment.delete(0, 1);
  const [first, ...rest] = updates;
  for (const fold of [documents.merge, documents.compact]) {
    const late = fold(rest);
    expect(documents.document([first ?? new Uint8Array(), late])).toEqual(doc(paragraph(text('b')), paragraph(text('c'))));
  }
});

import { Schema, type Node } from '@tiptap/pm/model';
import { EditorState } from '@tiptap/pm/state';
import { updateYFragment } from '@tiptap/y-tiptap';
import { expect, test } from 'vitest';
import { Doc } from 'yjs';
import { bytesPutIn, isTooMuch } from './too-much.ts';

const schema = new Schema({
  nodes: { doc: { content: 'block+' }, paragraph: { group: 'block', content: 'text*' }, table: { group: 'block', content: 'row+' }, row: { content: 'cell+' }, cell: { content: 'block+', attrs: { colspan: { default: 1 }, rowspan: { default: 1 } } }, text: {} },
  marks: { bold: {}, link: { attrs: { href: {} } } },
});
const p = (...words: readonly Node[]): Node => schema.node('paragraph', null, words);
const start = p(schema.text('what was there'));
const many = (count: number, node: Node): Node[] => Array.from({ length: count }, () => node);

/** A paste behind what was there: the transaction, and the bytes of the update that it becomes. */
function pasted(content: readonly Node[]) {
  const { tr } = EditorState.create({ schema, doc: schema.node('doc', null, [start]) });
  tr.insert(start.nodeSize, content);
  const doc = new Doc();
  // Chance would give a short number one time in sixteen, and a smaller update; this one is as long as they get.
  doc.clientID = 2 ** 32 - 1;
  const fragment = doc.getXmlFragment('default');
  const show = (node: Node): void => { doc.transact(() => { updateYFragment(doc, fragment, node, { mapping: new Map(), isOMark: new Map() }); }); };
  show(tr.before);
  let bytes = 0;
  doc.on('update', (update: Uint8Array) => { bytes += update.length; });
  show(tr.doc);
  return { transaction: tr, bytes };
}

const KINDS: readonly (readonly [string, Node])[] = [
  ['short lines', p(schema.text('a'))],
  ['paragraphs', p(schema.text('x'.repeat(84)))],
  ['another script', p(schema.text('\u8A9E'.repeat(80)))],
  ['words in bold', p(...many(10, schema.text('ab', [schema.mark('bold')])).flatMap((word) => [word, schema.text(' ')]))],
  ['links', p(...many(10, schema.text('ab', [schema.mark('link', { href: 'https://x.example/a' })])).flatMap((word) => [word, schema.text(' ')]))],
  ['a table', schema.node('table', null, [schema.node('row', null, many(30, schema.node('cell', null, [p(schema.text('0.12345'))])))])],
];

test.each(KINDS)('what is put in of %s is known before it is an update, and never thought to be less than that, nor half as much more', (_, node) => {
  const { transaction, bytes } = pasted(many(Math.ceil(20_000 / node.nodeSize), node));
  expect(bytesPutIn(transaction) / bytes).toBeGreaterThan(1);
  expect(bytesPutIn(transaction) / bytes).toBeLessThan(1.5);
});

test('several pieces of one edit are counted together, and what is taken out is not counted', () => {
  const half = many(5000, p(schema.text('x'.repeat(84))));
  const { tr } = EditorState.create({ schema, doc: schema.node('doc', null, [start]) });
  tr.insert(0, half);
  expect(isTooMuch(tr)).toBe(false);
  tr.insert(0, half);
  expect(isTooMuch(tr)).toBe(true);
  expect(isTooMuch(EditorState.create({ schema, doc: tr.doc }).tr.delete(0, tr.doc.content.size - start.nodeSize))).toBe(false);
});

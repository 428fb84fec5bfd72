import { Schema, type Node } from '@tiptap/pm/model';
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import { roomForBlocks } from './room-for-blocks.ts';

const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'text*' },
    heading: { group: 'block', content: 'text*' },
    codeBlock: { group: 'block', content: 'text*', code: true },
    list: { group: 'block', content: 'item+' },
    item: { content: 'paragraph block*' },
    text: {},
  },
});
const node = (type: string, ...content: readonly (string | Node)[]): Node => schema.node(type, null, content.map((each) => (typeof each === 'string' ? schema.text(each) : each)));

/** The text with a block put in where "|" stands, and "^" for where the writer goes on. */
function taken(...blocks: readonly Node[]): string {
  const doc = schema.node('doc', null, blocks);
  let at = 0;
  doc.descendants((child, position) => { if (child.isText && child.text?.includes('|')) at = position + child.text.indexOf('|'); });
  const state = EditorState.create({ doc });
  const marked = state.apply(state.tr.delete(at, at + 1));
  const written = marked.apply(marked.tr.setSelection(TextSelection.create(marked.doc, at)));
  const { tr } = written;
  const place = roomForBlocks(tr, at);
  tr.insert(place, node('codeBlock', 'file'));
  return tr.insertText('^').doc.toString();
}

test.each([
  ['nothing written yet', [node('paragraph', '|')], 'doc(codeBlock("file"), paragraph("^"))'],
  ['behind words', [node('paragraph', 'before|')], 'doc(paragraph("before"), codeBlock("file"), paragraph("^"))'],
  ['within words', [node('paragraph', 'be|fore')], 'doc(paragraph("be"), codeBlock("file"), paragraph("^fore"))'],
  ['before words', [node('paragraph', '|after')], 'doc(codeBlock("file"), paragraph("^after"))'],
  ['behind a heading', [node('heading', 'Title|')], 'doc(heading("Title"), codeBlock("file"), paragraph("^"))'],
  ['in code', [node('codeBlock', 'le|t')], 'doc(codeBlock("le^t"), codeBlock("file"))'],
  ['in an item', [node('list', node('item', node('paragraph', 'one|')))], 'doc(list(item(paragraph("one"), codeBlock("file"), paragraph("^"))))'],
  ['before an item', [node('list', node('item', node('paragraph', '|one')))], 'doc(list(item(paragraph, codeBlock("file"), paragraph("^one"))))'],
])('%s', (_, blocks, after) => expect(taken(...blocks)).toBe(after));

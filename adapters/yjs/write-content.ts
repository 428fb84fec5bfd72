import * as Y from 'yjs';
import { parseNoteDocument, type NoteDocument, type NoteNode } from '../../domain/richtext/note-document.ts';
import { nodesOfChild } from './read-content.ts';

/**
 * Makes the fragment hold the document. Blocks at the beginning and the end that are the same stay what they are; only those between are replaced, so that carets and anchors
 * elsewhere live on.
 */
export function replaceBlocks(fragment: Y.XmlFragment, { content }: NoteDocument): void {
  const there = blocksOf(fragment);
  const wanted = content.map((block) => JSON.stringify(block));
  const before = there.findIndex((block, at) => block !== wanted[at]);
  const kept = before === -1 ? Math.min(there.length, wanted.length) : before;
  const after = sameAtEnd(there, wanted, kept);
  if (there.length > kept + after) fragment.delete(kept, there.length - kept - after);
  const blocks = content.slice(kept, content.length - after);
  if (blocks.length > 0) fragment.insert(kept, blocks.map(elementOf));
}

function sameAtEnd(there: readonly string[], wanted: readonly string[], taken: number): number {
  const most = Math.min(there.length, wanted.length) - taken;
  let count = 0;
  while (count < most && there.at(-1 - count) === wanted.at(-1 - count)) count += 1;
  return count;
}

/** Each block in the words it would have if it were parsed alone. */
const blocksOf = (fragment: Y.XmlFragment): readonly string[] => fragment.toArray().map((child: unknown) => {
  const alone = parseNoteDocument({ content: nodesOfChild(child) }).content;
  return alone.length === 1 ? JSON.stringify(alone[0]) : '';
});

/** An element as y-tiptap writes it: attributes that are null are left out, and text that follows on text is one. */
function elementOf({ type, attrs = {}, content = [] }: NoteNode): Y.XmlElement {
  const element = new Y.XmlElement(type);
  for (const [name, value] of Object.entries(attrs)) if (value !== null) element.setAttribute(name, value as string);
  element.insert(0, childrenOf(content));
  return element;
}

function childrenOf(content: readonly NoteNode[]): (Y.XmlElement | Y.XmlText)[] {
  const children: (Y.XmlElement | Y.XmlText)[] = [];
  let texts: NoteNode[] = [];
  const end = (): void => { if (texts.length > 0) children.push(textOf(texts)); texts = []; };
  for (const node of content) {
    if (node.type === 'text') texts.push(node);
    else { end(); children.push(elementOf(node)); }
  }
  end();
  return children;
}

function textOf(nodes: readonly NoteNode[]): Y.XmlText {
  const text = new Y.XmlText();
  text.applyDelta(nodes.map(({ text: words = '', marks = [] }) => ({ insert: words, attributes: Object.fromEntries(marks.map(({ type, attrs = {} }) => [type, attrs])) })));
  return text;
}

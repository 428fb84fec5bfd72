import { Schema, type Node } from '@tiptap/pm/model';
import { updateYFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { expect, test } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate, type XmlElement, type XmlText } from 'yjs';
import { PassageFinder, passageAt, wordsAt, type Passage } from './passage.ts';

const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'inline*', toDOM: () => ['p', 0] },
    heading: { group: 'block', content: 'inline*', toDOM: () => ['h1', 0] },
    text: { group: 'inline' },
    mention: { group: 'inline', inline: true, atom: true, attrs: { label: { default: '' } }, toDOM: () => ['span'] },
  },
});
const block = (type: string, ...content: readonly (string | Node)[]): Node => schema.node(type, null, content.map((each) => (typeof each === 'string' ? schema.text(each) : each)));
const p = (...content: readonly (string | Node)[]): Node => block('paragraph', ...content);

/** A note in one browser: what its editor shows, and what is shared. */
function browser(...blocks: readonly Node[]) {
  const doc = new Doc();
  const fragment = doc.getXmlFragment('default');
  /** As the editor writes what it shows. */
  const show = (...shown: readonly Node[]): void => { updateYFragment(doc, fragment, schema.node('doc', null, shown), { mapping: new Map(), isOMark: new Map() }); };
  const shown = (): Node => yXmlFragmentToProseMirrorRootNode(fragment, schema);
  if (blocks.length > 0) show(...blocks);
  return {
    doc, show, shown,
    text: (index: number): XmlText => (fragment.get(index) as XmlElement).get(0) as XmlText,
    passage: (words: string): Passage => {
      const whole = shown();
      let from = -1;
      whole.descendants((node, at) => { if (node.isText && from === -1 && node.text?.includes(words) === true) from = at + node.text.indexOf(words); });
      const found = passageAt(fragment, whole, { from, to: from + words.length });
      if (found === null) throw new Error(`nothing is called ${words}`);
      return found;
    },
    now: (passage: Passage): string | null => {
      const place = new PassageFinder(doc, fragment, shown()).find(passage.quote, [passage]);
      return place && wordsAt(shown(), place);
    },
  };
}

test('a passage follows letters that come and go before it and in it, and takes none that come right before or after it', () => {
  const note = browser(p('The bar'), p('We keep the rate at 0.1 for now.'));
  const passage = note.passage('the rate');
  expect(passage.quote).toBe('the rate');
  note.text(0).insert(0, 'First of all: ');
  note.text(1).insert(0, 'So ');
  note.text(1).insert('So We keep '.length, 'here ');
  note.text(1).insert('So We keep here the rate'.length, ' exactly');
  expect(note.now(passage)).toBe('the rate');
  note.text(1).insert('So We keep here the '.length, 'very same ');
  expect(note.now(passage)).toBe('the very same rate');
  note.text(1).delete('So We keep here '.length, 'the very '.length);
  expect(note.now(passage)).toBe('same rate');
});

test('the second person finds it where the first one sees it, also when it is heard of before the words are', () => {
  const [ada, grace] = [browser(p('One.'), p('Two words.')), browser()];
  const passage = ada.passage('words');
  expect(grace.now(passage)).toBeNull();
  applyUpdate(grace.doc, encodeStateAsUpdate(ada.doc));
  expect(grace.now(passage)).toBe('words');
  ada.text(0).insert(0, 'Number ');
  applyUpdate(grace.doc, encodeStateAsUpdate(ada.doc));
  expect(grace.now(passage)).toBe('words');
});

test('it is gone when its words are, be it with their paragraph, and is not what is written in their place', () => {
  const note = browser(p('keep this here'), p('and that'));
  const passage = note.passage('this');
  note.text(0).delete('keep '.length, 'this'.length);
  expect(note.now(passage)).toBeNull();
  note.text(0).insert('keep '.length, 'other');
  expect(note.now(passage)).toBeNull();
  const second = note.passage('that');
  note.show(p('keep other here'));
  expect(note.now(second)).toBeNull();
});

test('it is known by its words where the editor writes its paragraph anew: split, joined, moved, made a heading', () => {
  const note = browser(p('Before and the learning rate after'), p('Last'));
  const passage = note.passage('the learning rate');
  note.show(p('Before and '), p('the learning rate after'), p('Last'));
  expect(note.now(passage)).toBe('the learning rate');
  note.show(p('Before and the'), p('learning rate after'), p('Last'));
  expect(note.now(passage)).toBe('the learning rate');
  note.show(p('Last'), block('heading', 'Before and the learning rate after'));
  expect(note.now(passage)).toBe('the learning rate');
  // Twice the same words, and no letter of it left: nobody knows which.
  note.show(block('heading', 'the learning rate'), p('the learning rate'));
  expect(note.now(passage)).toBeNull();
});

test('a word or two that are gone do not come back as the same words somewhere else', () => {
  const note = browser(p('the rate here'), p('the rate there'));
  const passage = note.passage('rate');
  note.text(0).delete('the '.length, 'rate'.length);
  expect(note.now(passage)).toBeNull();
});

test('it runs over mentions and paragraphs; spaces around it and choices without a letter are none of it', () => {
  const mention = schema.node('mention', { label: 'DIG-1' });
  const note = browser(p('See ', mention, ' and so on'), p(' more '), p('  '));
  const whole = note.shown();
  const all = passageAt(note.doc.getXmlFragment('default'), whole, { from: 1, to: whole.content.size });
  expect(all?.quote).toBe('See DIG-1 and so on  more');
  note.text(1).insert(0, 'a little');
  expect(all && note.now(all)).toBe('See DIG-1 and so on a little more');
  expect(passageAt(note.doc.getXmlFragment('default'), whole, { from: whole.content.size - 4, to: whole.content.size })).toBeNull();
});

test.each(['AAEC', '!', '', 'x'.repeat(400)])('%s leads nowhere', (forged) => {
  expect(browser(p('words')).now({ from: forged, to: forged, quote: 'not there' })).toBeNull();
});

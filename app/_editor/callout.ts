import { mergeAttributes, Node, wrappingInputRule } from '@tiptap/core';
import { make } from './make.ts';
import { changeNode, textAttribute, textIn } from './node-attributes.ts';

export const TONES = ['note', 'tip', 'warning', 'decision'] as const;
export type Tone = (typeof TONES)[number];
export const TONE_WORDS: Readonly<Record<Tone, string>> = { note: 'Note', tip: 'Tip', warning: 'Warning', decision: 'Decision' };

const toneOf = (attributes: Readonly<Record<string, unknown>>): Tone => TONES.find((tone) => tone === textIn(attributes, 'tone')) ?? 'note';

/** A few paragraphs set apart: what to know, what helps, what is risky, what was decided. `:::decision` and a space makes one. */
export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes: () => ({ tone: textAttribute('tone', 'note') }),
  parseHTML: () => [{ tag: 'div[data-type="callout"]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes({ 'data-type': 'callout' }, HTMLAttributes), 0],
  addInputRules() {
    return [wrappingInputRule({ find: /^:::\s?(note|tip|warning|decision)?\s$/, type: this.type, getAttributes: (match) => ({ tone: match[1] ?? 'note' }) })];
  },
  addNodeView() {
    return ({ node: first, editor, getPos }) => {
      const chooser = make('select', { 'aria-label': 'Kind of callout' }, ...TONES.map((tone) => make('option', { value: tone }, TONE_WORDS[tone])));
      const word = make('span', { class: 'callout-word', contenteditable: 'false' });
      const contentDOM = make('div', { class: 'callout-body' });
      const dom = make('div', { class: 'callout', role: 'note' }, word, contentDOM);
      chooser.addEventListener('change', () => {
        changeNode(editor.view, getPos(), { tone: chooser.value });
        editor.commands.focus();
      });
      const show = (attributes: Readonly<Record<string, unknown>>): void => {
        const tone = toneOf(attributes);
        dom.dataset['tone'] = tone;
        dom.setAttribute('aria-label', TONE_WORDS[tone]);
        chooser.value = tone;
        word.replaceChildren(editor.isEditable ? chooser : TONE_WORDS[tone]);
      };
      show(first.attrs);
      return {
        dom,
        contentDOM,
        update: (node) => {
          if (node.type !== first.type) return false;
          show(node.attrs);
          return true;
        },
        stopEvent: (event) => event.target === chooser,
        ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
      };
    };
  },
});

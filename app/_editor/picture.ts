import { mergeAttributes, Node, type NodeViewRendererProps } from '@tiptap/core';
import type { NodeView } from '@tiptap/pm/view';
import { make } from './make.ts';
import { changeNode, textIn } from './node-attributes.ts';
import { isOwnFile, isSafeLink } from './safe-address.ts';

/** A picture with its words. Only those kept here are shown; one from elsewhere is a link to it. */
export const Picture = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ src: { default: null }, alt: { default: null }, title: { default: null } }),
  // What is pasted may carry its bytes in the address; those would be in every copy of the note for ever.
  parseHTML: () => [{ tag: 'img[src]', getAttrs: (element) => (isSafeLink(element.getAttribute('src')) ? null : false) }],
  renderHTML: ({ HTMLAttributes }) => ['img', mergeAttributes(HTMLAttributes)],
  renderText: ({ node }) => textIn(node.attrs, 'alt'),
  addNodeView: () => pictureView,
});

function pictureView({ node: first, editor, getPos }: NodeViewRendererProps): NodeView {
  const words = make('input', { class: 'picture-words', 'aria-label': 'What the picture shows', placeholder: 'Say what it shows', maxlength: '1000' });
  const caption = make('figcaption', {});
  const dom = make('figure', { class: 'picture', contenteditable: 'false' });
  const show = (attributes: Readonly<Record<string, unknown>>): void => {
    const alt = textIn(attributes, 'alt');
    if (document.activeElement !== words) words.value = alt;
    caption.replaceChildren(editor.isEditable ? words : alt);
    caption.hidden = !editor.isEditable && alt === '';
    dom.replaceChildren(shown(attributes, alt), caption);
  };
  words.addEventListener('change', () => changeNode(editor.view, getPos(), { alt: words.value.trim() === '' ? null : words.value.trim() }));
  words.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    const at = getPos();
    words.blur();
    if (at !== undefined) editor.chain().focus().setNodeSelection(at).run();
  });
  show(first.attrs);
  let source = textIn(first.attrs, 'src');
  return {
    dom,
    update: (node) => {
      if (node.type !== first.type) return false;
      if (textIn(node.attrs, 'src') !== source) {
        source = textIn(node.attrs, 'src');
        show(node.attrs);
      } else {
        if (document.activeElement !== words) words.value = textIn(node.attrs, 'alt');
        dom.querySelector('img')?.setAttribute('alt', textIn(node.attrs, 'alt'));
      }
      return true;
    },
    selectNode: () => dom.classList.add('chosen'),
    deselectNode: () => dom.classList.remove('chosen'),
    stopEvent: (event) => event.target === words,
    ignoreMutation: () => true,
  };
}

function shown(attributes: Readonly<Record<string, unknown>>, alt: string): HTMLElement {
  const src = textIn(attributes, 'src');
  if (isOwnFile(src)) return make('img', { src, alt, loading: 'lazy', decoding: 'async', draggable: 'false' });
  if (isSafeLink(src)) return make('a', { class: 'lk', href: src, rel: 'noreferrer nofollow', target: '_blank' }, `Picture elsewhere: ${alt || new URL(src, location.href).hostname}`);
  return make('span', { class: 'hint' }, 'A picture whose address cannot be followed');
}

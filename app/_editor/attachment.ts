import { mergeAttributes, Node } from '@tiptap/core';
import { make } from './make.ts';
import { textAttribute, textIn } from './node-attributes.ts';
import { isOwnFile } from './safe-address.ts';

/** 1,234 bytes as "1.2 KB". */
export function sizeWords(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return '';
  if (bytes < 1_000) return `${bytes} B`;
  const [unit, size] = bytes < 1_000_000 ? ['KB', 1_000] as const : bytes < 1_000_000_000 ? ['MB', 1_000_000] as const : ['GB', 1_000_000_000] as const;
  return `${(bytes / size).toFixed(bytes / size < 10 ? 1 : 0)} ${unit}`;
}

/** A file kept with the note. */
export const Attachment = Node.create({
  name: 'attachment',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({
    src: textAttribute('src', null),
    name: textAttribute('name'),
    size: { default: 0, parseHTML: (element: HTMLElement) => Number(element.dataset['size']) || 0, renderHTML: (attributes: Readonly<Record<string, unknown>>) => ({ 'data-size': typeof attributes['size'] === 'number' ? String(attributes['size']) : '0' }) },
  }),
  parseHTML: () => [{ tag: 'div[data-type="attachment"]', getAttrs: (element) => (isOwnFile(element.dataset['src']) ? null : false) }],
  renderHTML: ({ HTMLAttributes, node }) => ['div', mergeAttributes({ 'data-type': 'attachment' }, HTMLAttributes), textIn(node.attrs, 'name')],
  renderText: ({ node }) => textIn(node.attrs, 'name'),
  addNodeView: () => ({ node }) => {
    const src = textIn(node.attrs, 'src');
    const name = textIn(node.attrs, 'name') || 'file';
    const size = typeof node.attrs['size'] === 'number' ? sizeWords(node.attrs['size']) : '';
    const label = [make('span', { class: 'attachment-name' }, name), make('span', { class: 'num hint' }, size)];
    const inside = isOwnFile(src) ? make('a', { href: src, download: name, draggable: 'false' }, ...label) : make('span', {}, ...label);
    const dom = make('div', { class: 'attachment', contenteditable: 'false' }, inside);
    return { dom, selectNode: () => dom.classList.add('chosen'), deselectNode: () => dom.classList.remove('chosen'), ignoreMutation: () => true };
  },
});

import { mergeAttributes, Node } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import { mentionFrom, type Mention } from '../../../domain/richtext/mentions.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What is mentioned at an element of the text; null where nothing is. */
export function mentionAt(element: Element | null): (Mention & { readonly label: string }) | null {
  const found = element?.closest<HTMLElement>('[data-type="mention"]');
  const mention = found ? mentionFrom(found.dataset['kind'], found.dataset['id']) : null;
  return mention && { ...mention, label: found?.textContent ?? '' };
}

/** A person, experiment, run, hypothesis or metric by name. It is one thing to the caret; its card says how it stands now. */
export const MentionNode = Node.create<{ readonly open: (mention: Mention) => void }>({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  addOptions: () => ({ open: () => undefined }),
  addAttributes: () => Object.fromEntries(['kind', 'id', 'label'].map((name) => [name, {
    default: null,
    parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`),
    renderHTML: (attributes: Readonly<Record<string, unknown>>) => ({ [`data-${name}`]: textOf(attributes[name]) }),
  }])),
  parseHTML: () => [{ tag: 'span[data-type="mention"]', getAttrs: (element) => (mentionFrom(element.dataset['kind'], element.dataset['id']) === null ? false : null) }],
  renderHTML: ({ HTMLAttributes, node }) => ['span', mergeAttributes({ 'data-type': 'mention', class: 'mention' }, HTMLAttributes), textOf(node.attrs['label']) || textOf(node.attrs['id'])],
  renderText: ({ node }) => textOf(node.attrs['label']),
  addKeyboardShortcuts() {
    return {
      Enter: () => {
        const { selection } = this.editor.state;
        if (!(selection instanceof NodeSelection) || selection.node.type !== this.type) return false;
        const mention = mentionFrom(selection.node.attrs['kind'], selection.node.attrs['id']);
        if (mention !== null) this.options.open(mention);
        return true;
      },
    };
  },
});

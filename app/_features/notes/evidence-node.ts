import { Node } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import { ReactNodeViewRenderer } from '@tiptap/react';
import { EvidenceView } from './evidence-view.tsx';

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

const json = (name: string, fallback: object | null) => ({
  default: fallback,
  parseHTML: (element: HTMLElement) => parsed(element.getAttribute(`data-${name}`)) ?? fallback,
  renderHTML: (attributes: Readonly<Record<string, unknown>>) => ({ [`data-${name}`]: JSON.stringify(attributes[name] ?? fallback) }),
});
const word = (name: string) => ({
  default: null,
  parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`),
  renderHTML: (attributes: Readonly<Record<string, unknown>>) => (typeof attributes[name] === 'string' ? { [`data-${name}`]: attributes[name] } : {}),
});

/** A chart, comparison, verdict or table of runs: the real thing inside the text, live until it is frozen. */
export const EvidenceNode = Node.create({
  name: 'evidence',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ kind: word('kind'), subject: word('subject'), options: json('options', {}), frozen: json('frozen', null) }),
  parseHTML: () => [{ tag: 'div[data-type="evidence"]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', { 'data-type': 'evidence', ...HTMLAttributes }],
  addKeyboardShortcuts() {
    return {
      // The keyboard goes into the block, and Escape brings it back.
      Enter: () => {
        const { selection } = this.editor.state;
        if (!(selection instanceof NodeSelection) || selection.node.type !== this.type) return false;
        const dom = this.editor.view.nodeDOM(selection.from);
        if (dom instanceof HTMLElement) dom.querySelector<HTMLElement>('.evidence-head a, .evidence-head button')?.focus();
        return true;
      },
    };
  },
  addNodeView: () => ReactNodeViewRenderer(EvidenceView, {
    className: 'evidence-node',
    // What happens in the block is the block's; its head is where one takes hold of it.
    stopEvent: ({ event }) => event.target instanceof Element && (event.target.closest('.evidence-body') !== null || event.target.closest('a, button') !== null) && !event.type.startsWith('drag'),
  }),
});

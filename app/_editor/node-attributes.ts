import type { Attribute } from '@tiptap/core';
import type { EditorView } from '@tiptap/pm/view';

/** An attribute that travels through the clipboard as `data-<name>`, text only. */
export const textAttribute = (name: string, fallback: string | null = ''): Attribute => ({
  default: fallback,
  parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`) ?? fallback,
  renderHTML: (attributes: Readonly<Record<string, unknown>>) => (typeof attributes[name] === 'string' ? { [`data-${name}`]: attributes[name] } : {}),
}) as Attribute;

/** Text of an attribute that may hold anything: a document comes from other people's machines. */
export const textIn = (attributes: Readonly<Record<string, unknown>>, name: string): string => (typeof attributes[name] === 'string' ? attributes[name] : '');

/** Changes some attributes of the node at a place, where it still stands. */
export function changeNode(view: EditorView, at: number | undefined, changes: Readonly<Record<string, unknown>>): void {
  const node = at === undefined ? null : view.state.doc.nodeAt(at);
  if (at === undefined || node === null) return;
  view.dispatch(view.state.tr.setNodeMarkup(at, undefined, { ...node.attrs, ...changes }));
}

import * as Y from 'yjs';

/** y-tiptap marks what may overlap with a hash behind its name. */
const HASHED = /^(.*)--[a-zA-Z0-9+/=]{8}$/;

const DEEPEST = 200;

/** The fragment as ProseMirror JSON, in y-tiptap's reading; whatever else a client may have written in it is left out. To be parsed by who uses it. */
export function contentOf(fragment: Y.XmlFragment): unknown {
  return { type: 'doc', content: nodesOf(fragment, 0) };
}

const nodesOf = (parent: Y.XmlFragment | Y.XmlElement, depth: number): readonly unknown[] => (depth > DEEPEST ? [] : parent.toArray().flatMap((child: unknown) => nodesOfChild(child, depth)));

/** What one child of a fragment says: a text may be several nodes, and what is none of ours says nothing. */
export function nodesOfChild(child: unknown, depth = 0): readonly unknown[] {
  if (child instanceof Y.XmlText) return textsOf(child);
  if (child instanceof Y.XmlElement) return [{ type: child.nodeName, attrs: child.getAttributes(), content: nodesOf(child, depth + 1) }];
  return [];
}

interface Piece { readonly insert?: unknown; readonly attributes?: Readonly<Record<string, unknown>> }

const textsOf = (text: Y.XmlText): readonly unknown[] => (text.toDelta() as readonly Piece[]).flatMap(({ insert, attributes = {} }) => (typeof insert !== 'string' ? [] : [{
  type: 'text', text: insert,
  marks: Object.entries(attributes).map(([name, attrs]) => ({ type: HASHED.exec(name)?.[1] ?? name, attrs })),
}]));

import type { Transaction } from '@tiptap/pm/state';
import { canSplit } from '@tiptap/pm/transform';

/**
 * A place between blocks at a position of the text: before the words that follow it, so that whoever writes there goes on behind what comes,
 * and what comes to one position one after the other stands in that order. Takes words apart where it must.
 */
export function roomForBlocks(tr: Transaction, at: number): number {
  const place = tr.doc.resolve(at);
  const { parent, depth, parentOffset } = place;
  const { codeBlock, paragraph } = parent.type.schema.nodes;
  if (!parent.isTextblock) return at;
  if (parent.type.spec.code) return place.after();
  const index = place.index(depth - 1);
  // An item of a list begins with words.
  if (parentOffset === 0 && codeBlock && place.node(depth - 1).canReplaceWith(index, index, codeBlock)) return place.before();
  const behind = paragraph && parentOffset === parent.content.size ? [{ type: paragraph }] : undefined;
  if (!canSplit(tr.doc, at, 1, behind)) return place.after();
  tr.split(at, 1, behind);
  return at + 1;
}

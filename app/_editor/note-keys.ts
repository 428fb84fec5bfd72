import { Extension, type Editor } from '@tiptap/core';
import { Fragment } from '@tiptap/pm/model';
import { NodeSelection, Plugin, Selection, TextSelection } from '@tiptap/pm/state';
import { make } from './make.ts';

export interface NoteKeysOptions {
  /** Mod K with words chosen, or in a link. */
  readonly onLink: () => void;
  /** Alt F10, as in other editors: the keyboard goes to the tools. */
  readonly onTools: () => boolean;
}

/** The keyboard's way to everything that menus do. */
export const NoteKeys = Extension.create<NoteKeysOptions>({
  name: 'noteKeys',
  addOptions: () => ({ onLink: () => undefined, onTools: () => false }),
  addKeyboardShortcuts() {
    const { editor, options } = this;
    const inTable = (act: () => boolean) => () => editor.isActive('table') && act();
    return {
      'Mod-k': () => {
        if (editor.state.selection.empty && !editor.isActive('link')) return false;
        options.onLink();
        return true;
      },
      // Browsers stop inside a table, and have no place behind a figure.
      'Mod-End': () => endsInBlock(editor) && writeAtEnd(editor),
      'Alt-F10': () => options.onTools(),
      'Mod-Enter': () => toggleTask(editor) || leaveBlock(editor),
      'Alt-Shift-ArrowUp': () => moveBlock(editor, -1),
      'Alt-Shift-ArrowDown': () => moveBlock(editor, 1),
      'Mod-Alt-ArrowDown': inTable(() => editor.commands.addRowAfter()),
      'Mod-Alt-ArrowUp': inTable(() => editor.commands.addRowBefore()),
      'Mod-Alt-ArrowRight': inTable(() => editor.commands.addColumnAfter()),
      'Mod-Alt-ArrowLeft': inTable(() => editor.commands.addColumnBefore()),
      'Mod-Alt-Backspace': inTable(() => editor.commands.deleteRow()),
      'Mod-Alt-Delete': inTable(() => editor.commands.deleteColumn()),
    };
  },
  addProseMirrorPlugins() {
    return [new Plugin({
      props: {
        nodeViews: {
          // The page's title is its first heading; those of the text stand below it.
          heading: (first) => {
            const dom = make((['h2', 'h3', 'h4'] as const)[Number(first.attrs['level']) - 1] ?? 'h4');
            return { dom, contentDOM: dom, update: (node) => node.type === first.type && node.attrs['level'] === first.attrs['level'] };
          },
        },
      },
    })];
  },
});

function toggleTask(editor: Editor): boolean {
  if (!editor.isActive('taskItem')) return false;
  return editor.chain().updateAttributes('taskItem', { checked: editor.getAttributes('taskItem')['checked'] !== true }).run();
}

/** A new paragraph after the block at hand, whatever it is. */
export function leaveBlock(editor: Editor): boolean {
  const { $to } = editor.state.selection;
  if ($to.depth === 0 && !(editor.state.selection instanceof NodeSelection)) return false;
  const after = $to.depth === 0 ? editor.state.selection.to : $to.after(1);
  return editor.chain().insertContentAt(after, { type: 'paragraph' }).setTextSelection(after + 1).scrollIntoView().run();
}

/** The place to write at the end: an empty paragraph, made where there is none. */
export function writeBelow(editor: Editor): void {
  const { doc } = editor.state;
  if (doc.lastChild?.type.name === 'paragraph') editor.commands.focus('end');
  else editor.chain().insertContentAt(doc.content.size, { type: 'paragraph' }).focus('end').run();
}

function endsInBlock({ state: { doc } }: Editor): boolean {
  const last = doc.lastChild;
  return last !== null && (last.type.name === 'table' || last.isAtom);
}

function writeAtEnd(editor: Editor): boolean {
  writeBelow(editor);
  return true;
}

/** Carries the top-level block at hand past its neighbour. */
function moveBlock(editor: Editor, by: 1 | -1): boolean {
  const { state, view } = editor;
  const { selection, doc } = state;
  const index = selection.$from.index(0);
  const other = index + by;
  if (other < 0 || other >= doc.childCount) return true;
  const [block, neighbour] = [doc.child(index), doc.child(other)];
  const start = selection.$from.posAtIndex(Math.min(index, other), 0);
  const transaction = state.tr.replaceWith(start, start + block.nodeSize + neighbour.nodeSize, Fragment.from(by === 1 ? [neighbour, block] : [block, neighbour]));
  const shift = by * neighbour.nodeSize;
  const moved = selection instanceof NodeSelection
    ? NodeSelection.create(transaction.doc, selection.from + shift)
    : selection instanceof TextSelection ? TextSelection.create(transaction.doc, selection.anchor + shift, selection.head + shift) : Selection.near(transaction.doc.resolve(selection.from + shift));
  view.dispatch(transaction.setSelection(moved).scrollIntoView());
  return true;
}

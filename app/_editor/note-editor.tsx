'use client';

import type { AnyExtension, Editor, JSONContent } from '@tiptap/core';
import { EditorContent, useEditor, useEditorState } from '@tiptap/react';
import { useEffect, useState } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import type { Doc } from 'yjs';
import { EditorBoxes } from './editor-boxes.ts';
import { noteExtensions } from './note-extensions.ts';
import { leaveBlock, writeBelow } from './note-keys.ts';
import { commentOn, type PassageMarksOptions } from './passage-marks.ts';
import type { Passages } from './passages.ts';
import { insertFiles, type PasteOptions } from './paste.ts';
import { matchingItems, textItems, type SlashItem } from './slash-items.tsx';
import type { Upload } from './stored-file.ts';
import { TableTools } from './table-tools.tsx';
import { ReaderTools, TextTools } from './text-tools.tsx';
import { typedList } from './typed-list.ts';

/** From so many blocks on, those out of sight are not laid out. */
const LONG = 150;

export interface NoteEditorProps {
  readonly doc: Doc;
  readonly awareness: Awareness | null;
  /** Remount to change it. */
  readonly editable: boolean;
  readonly label: string;
  readonly placeholder: string;
  /** Blocks, marks and lists of whoever embeds the editor. Read once. */
  readonly extensions: readonly AnyExtension[];
  readonly slash: readonly SlashItem[];
  readonly upload: Upload;
  readonly readMarkdown: (text: string) => readonly JSONContent[];
  readonly say: (sentence: string) => void;
  /** The passages that are talked about. Read once. */
  readonly passages?: Passages;
  readonly mayComment?: boolean;
  readonly onReady?: (editor: Editor) => void;
}

/** The editor of long texts that several people write at once. It knows no nouns: what a mention or a figure is, its embedder says. */
export function NoteEditor(props: NoteEditorProps) {
  const [linking, setLinking] = useState(false);
  const [boxes] = useState(() => new EditorBoxes());
  const [paste] = useState<PasteOptions>(() => ({ upload: props.upload, readMarkdown: props.readMarkdown, say: props.say }));
  const { onReady } = props;
  const [marks] = useState<PassageMarksOptions>(() => ({ doc: props.doc, passages: props.passages ?? null, mayComment: props.mayComment ?? false }));
  const [extensions] = useState(() => [
    ...noteExtensions({ doc: props.doc, awareness: props.awareness, placeholder: props.placeholder, paste, marks, keys: { onLink: () => setLinking(true), onTools: boxes.focusTools } }),
    slashMenu([...textItems(boxes.chooseFiles), ...props.slash]),
    ...props.extensions,
  ]);
  const editor = useEditor({
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    editable: props.editable,
    extensions,
    editorProps: { attributes: () => ({ class: 'note-text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': props.label, ...(props.editable ? {} : { 'aria-readonly': 'true' }) }) },
  }, []);
  // tiptap lets an editor go that took long to be shown, and makes another: only the one that stays is told of.
  useEffect(() => { if (!editor.isDestroyed) onReady?.(editor); }, [editor, onReady]);
  // On the box around the text, which is there before its blocks are: a browser takes half a second to change how 2,000 drawn blocks are contained.
  const onComment = marks.mayComment ? () => void commentOn(editor, marks) : undefined;
  const long = useEditorState({ editor, selector: ({ editor: { state } }) => state.doc.childCount > LONG });
  return (
    <div className={long ? 'note-editor long' : 'note-editor'}>
      <EditorContent editor={editor} />
      {!props.editable && onComment !== undefined && <ReaderTools editor={editor} onComment={onComment} />}
      {props.editable && (
        <>
          <div className="note-below" onMouseDown={(event) => { event.preventDefault(); writeBelow(editor); }} />
          <TextTools editor={editor} boxes={boxes} linking={linking} onLinking={setLinking} onComment={onComment} />
          <TableTools editor={editor} boxes={boxes} />
          <input
            ref={(box) => boxes.takeFiles(box)} type="file" multiple hidden aria-label="Choose pictures or files" tabIndex={-1}
            onChange={({ target }) => { insertFiles(editor, paste, { files: [...target.files ?? []], at: editor.state.selection.to }); target.value = ''; }}
          />
        </>
      )}
    </div>
  );
}

const slashMenu = (items: readonly SlashItem[]) => typedList<SlashItem>({
  char: '/', label: 'Insert', nothing: 'Nothing is called that. Escape closes this list.',
  allowSpaces: (typed) => !typed.startsWith(' ') && matchingItems(items, typed).length > 0,
  find: (typed) => matchingItems(items, typed),
  choose: (editor, range, item) => {
    editor.chain().focus().deleteRange(range).run();
    // A table or a figure does not fit into a cell or a line of a list that already has words: it goes below.
    if (editor.isActive('table') && item.group !== 'Text') leaveBlock(editor);
    item.run(editor);
  },
});

import type { AnyExtension } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { TableKit } from '@tiptap/extension-table';
import { Placeholder } from '@tiptap/extensions';
import StarterKit from '@tiptap/starter-kit';
import type { Awareness } from 'y-protocols/awareness';
import type { Doc } from 'yjs';
import { Attachment } from './attachment.ts';
import { Callout } from './callout.ts';
import { Carets } from './carets.ts';
import { CodeBlocks } from './code-blocks.ts';
import { BlockMath, InlineMath } from './math.ts';
import { NoteKeys, type NoteKeysOptions } from './note-keys.ts';
import { OnItsWay } from './on-its-way.ts';
import { PassageMarks, type PassageMarksOptions } from './passage-marks.ts';
import { Paste, type PasteOptions } from './paste.ts';
import { Picture } from './picture.ts';
import { isSafeLink } from './safe-address.ts';

export interface NoteParts {
  readonly doc: Doc;
  readonly awareness: Awareness | null;
  readonly placeholder: string;
  readonly paste: PasteOptions;
  readonly keys: NoteKeysOptions;
  readonly marks: PassageMarksOptions;
}

/** What a note is made of. Its history and its undo are Yjs's: one takes back only what one did oneself. */
export const noteExtensions = ({ doc, awareness, placeholder, paste, keys, marks }: NoteParts): AnyExtension[] => [
  StarterKit.configure({
    heading: { levels: [1, 2, 3] },
    codeBlock: { enableTabIndentation: true, tabSize: 4 },
    undoRedo: false,
    // Would write into the note of everyone who only opens it.
    trailingNode: false,
    link: { openOnClick: false, autolink: true, linkOnPaste: true, defaultProtocol: 'https', isAllowedUri: (address) => isSafeLink(address), HTMLAttributes: { class: 'lk', rel: 'noreferrer nofollow', target: '_blank' } },
    dropcursor: { color: 'var(--accent)', width: 2 },
  }),
  TaskList,
  TaskItem.configure({ nested: true, a11y: { checkboxLabel: (node, checked) => `${checked ? 'Done' : 'To do'}: ${node.firstChild?.textContent || 'nothing written yet'}` } }),
  TableKit.configure({ table: { resizable: false, HTMLAttributes: { class: 'tb note-table' } } }),
  Placeholder.configure({ placeholder: ({ node, editor }) => (node.type.name === 'heading' ? 'Heading' : editor.isEmpty ? placeholder : 'Write, or press / for more') }),
  Callout, InlineMath, BlockMath, Picture, Attachment, CodeBlocks, OnItsWay,
  Paste.configure(paste),
  NoteKeys.configure(keys),
  PassageMarks.configure(marks),
  Collaboration.configure({ document: doc, field: 'default' }),
  Carets.configure({ awareness }),
];

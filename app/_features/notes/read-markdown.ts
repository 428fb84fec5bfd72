import { Extension, type JSONContent } from '@tiptap/core';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { TableKit } from '@tiptap/extension-table';
import { MarkdownManager } from '@tiptap/markdown';
import StarterKit from '@tiptap/starter-kit';
import { markdownBlocks } from '../../../domain/richtext/markdown-blocks.ts';
import { parseNoteDocument, type NoteNode } from '../../../domain/richtext/note-document.ts';

/** In Markdown a picture stands among the words of a line: there it is a link to where it lies (decision 79). */
const PictureLink = Extension.create({
  name: 'pictureLink',
  markdownTokenName: 'image',
  parseMarkdown: ({ text, href }, { applyMark, createTextNode }) => applyMark('link', [createTextNode(text || String(href))], { href }),
});

let manager: MarkdownManager | null = null;

/** Reads Markdown as the blocks of a note: formulas and callouts too, links to things of Lemma as mentions, and nothing that could run. */
export function readMarkdown(text: string): readonly JSONContent[] {
  manager ??= new MarkdownManager({ extensions: [StarterKit, PictureLink, TaskList, TaskItem.configure({ nested: true }), TableKit] });
  const parse = (markdown: string): readonly NoteNode[] => (manager?.parse(markdown).content ?? []) as readonly NoteNode[];
  return parseNoteDocument({ type: 'doc', content: markdownBlocks(text, parse) }).content as readonly JSONContent[];
}

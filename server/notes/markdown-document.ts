import { TaskItem, TaskList } from '@tiptap/extension-list';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { MarkdownManager } from '@tiptap/markdown';
import StarterKit from '@tiptap/starter-kit';
import { badInput } from '../../domain/refusal.ts';
import { markdownBlocks } from '../../domain/richtext/markdown-blocks.ts';
import { parseNoteDocument, type NoteDocument, type NoteNode } from '../../domain/richtext/note-document.ts';

const MOST_MARKDOWN = 2_000_000;

let manager: MarkdownManager | undefined;

/** A note's document out of Markdown, with its formulas, callouts and mentions. HTML in it is text. */
export function documentFromMarkdown(markdown: string): NoteDocument {
  if (markdown.length > MOST_MARKDOWN) throw badInput('note/markdown-too-long', `The Markdown has ${markdown.length} characters; at most ${MOST_MARKDOWN} are taken. Attach it as a file instead.`);
  manager ??= new MarkdownManager({ extensions: [StarterKit, TaskList, TaskItem, Table, TableRow, TableCell, TableHeader] });
  const parse = (text: string): readonly NoteNode[] => (manager?.parse(text).content ?? []) as readonly NoteNode[];
  return parseNoteDocument({ type: 'doc', content: markdownBlocks(markdown, parse) });
}

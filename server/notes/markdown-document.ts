import { TaskItem, TaskList } from '@tiptap/extension-list';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { MarkdownManager } from '@tiptap/markdown';
import StarterKit from '@tiptap/starter-kit';
import { badInput } from '../../domain/refusal.ts';
import { mentionOfHref } from '../../domain/richtext/mentions.ts';
import { parseNoteDocument, type NoteDocument, type NoteNode } from '../../domain/richtext/note-document.ts';

const MOST_MARKDOWN = 2_000_000;

let manager: MarkdownManager | undefined;

/** A note's document out of Markdown, with mentions where it links to `lemma:…`. HTML in it is text. */
export function documentFromMarkdown(markdown: string): NoteDocument {
  if (markdown.length > MOST_MARKDOWN) throw badInput('note/markdown-too-long', `The Markdown has ${markdown.length} characters; at most ${MOST_MARKDOWN} are taken. Attach it as a file instead.`);
  manager ??= new MarkdownManager({ extensions: [StarterKit, TaskList, TaskItem, Table, TableRow, TableCell, TableHeader] });
  const document = parseNoteDocument(manager.parse(markdown));
  return { ...document, content: document.content.map(withMentions) };
}

function withMentions(node: NoteNode): NoteNode {
  const href = node.marks?.find(({ type }) => type === 'link')?.attrs?.['href'];
  const mention = typeof href === 'string' ? mentionOfHref(href) : null;
  if (mention && node.type === 'text') return { type: 'mention', attrs: { ...mention, label: node.text ?? mention.id } };
  return node.content ? { ...node, content: node.content.map(withMentions) } : node;
}

import type { Editor } from '@tiptap/core';
import { ChartNoAxesColumn, CircleCheck, Code, Heading1, Heading2, Heading3, Info, Lightbulb, List, ListChecks, ListOrdered, Minus, Paperclip, Pilcrow, Quote, Sigma, Table, TriangleAlert } from 'lucide-react';
import type { Choice } from './choice-list.tsx';
import { openSource } from './math.ts';

/** One thing the slash menu does; `words` are found too. */
export interface SlashItem extends Choice {
  readonly words: string;
  readonly run: (editor: Editor) => void;
}

const icon = (Icon: typeof Code) => <Icon aria-hidden="true" />;
const tone = (kind: string) => (editor: Editor): void => { editor.chain().focus().wrapIn('callout', { tone: kind }).run(); };

/** What every text can hold. `chooseFiles` opens the machine's own window for them. */
export const textItems = (chooseFiles: () => void): readonly SlashItem[] => [
  { key: 'text', group: 'Text', label: 'Text', words: 'paragraph plain', icon: icon(Pilcrow), run: (editor) => editor.chain().focus().setParagraph().run() },
  { key: 'h1', group: 'Text', label: 'Heading', words: 'title h1 section', shortcut: '#', icon: icon(Heading1), run: (editor) => editor.chain().focus().setNode('heading', { level: 1 }).run() },
  { key: 'h2', group: 'Text', label: 'Smaller heading', words: 'subtitle h2', shortcut: '##', icon: icon(Heading2), run: (editor) => editor.chain().focus().setNode('heading', { level: 2 }).run() },
  { key: 'h3', group: 'Text', label: 'Smallest heading', words: 'h3', shortcut: '###', icon: icon(Heading3), run: (editor) => editor.chain().focus().setNode('heading', { level: 3 }).run() },
  { key: 'list', group: 'Text', label: 'List', words: 'bullet unordered', shortcut: '-', icon: icon(List), run: (editor) => editor.chain().focus().toggleBulletList().run() },
  { key: 'numbered', group: 'Text', label: 'Numbered list', words: 'ordered', shortcut: '1.', icon: icon(ListOrdered), run: (editor) => editor.chain().focus().toggleOrderedList().run() },
  { key: 'tasks', group: 'Text', label: 'Task list', words: 'todo checkbox action', shortcut: '[]', icon: icon(ListChecks), run: (editor) => editor.chain().focus().toggleTaskList().run() },
  { key: 'quote', group: 'Text', label: 'Quote', words: 'blockquote', shortcut: '>', icon: icon(Quote), run: (editor) => editor.chain().focus().toggleBlockquote().run() },
  { key: 'code', group: 'Insert', label: 'Code', words: 'snippet program python', shortcut: '```', icon: icon(Code), run: (editor) => editor.chain().focus().toggleCodeBlock().run() },
  { key: 'table', group: 'Insert', label: 'Table', words: 'grid rows columns', icon: icon(Table), run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run() },
  {
    key: 'formula', group: 'Insert', label: 'Formula', words: 'math latex equation katex', shortcut: '$$', icon: icon(Sigma),
    run: (editor) => { if (editor.chain().focus().insertContent({ type: 'blockMath', attrs: { latex: '' } }).run()) openSource(editor.view.dom); },
  },
  { key: 'file', group: 'Insert', label: 'Picture or file', words: 'image upload attachment photo', icon: icon(Paperclip), run: chooseFiles },
  { key: 'rule', group: 'Insert', label: 'Line', words: 'divider separator horizontal', shortcut: '---', icon: icon(Minus), run: (editor) => editor.chain().focus().setHorizontalRule().run() },
  { key: 'decision', group: 'Set apart', label: 'Decision', words: 'callout decided', shortcut: ':::decision', icon: icon(CircleCheck), run: tone('decision') },
  { key: 'note', group: 'Set apart', label: 'Note', words: 'callout info', shortcut: ':::', icon: icon(Info), run: tone('note') },
  { key: 'tip', group: 'Set apart', label: 'Tip', words: 'callout hint', icon: icon(Lightbulb), run: tone('tip') },
  { key: 'warning', group: 'Set apart', label: 'Warning', words: 'callout danger caution', icon: icon(TriangleAlert), run: tone('warning') },
];

export const evidenceIcon = <ChartNoAxesColumn aria-hidden="true" />;

/** Those that hold what was typed; a name that begins with it first. */
export function matchingItems(items: readonly SlashItem[], typed: string): readonly SlashItem[] {
  const asked = typed.trim().toLowerCase();
  if (asked === '') return items;
  const rank = ({ label, words }: SlashItem): number => {
    if (label.toLowerCase().startsWith(asked)) return 0;
    if (words.split(' ').some((word) => word.startsWith(asked))) return 1;
    return `${label} ${words}`.toLowerCase().includes(asked) ? 2 : 3;
  };
  return items.map((item) => ({ item, rank: rank(item) })).filter((one) => one.rank < 3).toSorted((a, b) => a.rank - b.rank).map(({ item: { group: _apart, ...item } }) => item);
}

import type { JSONContent } from '@tiptap/core';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { TableKit } from '@tiptap/extension-table';
import { MarkdownManager } from '@tiptap/markdown';
import StarterKit from '@tiptap/starter-kit';
import { parseNoteDocument } from '../../../domain/richtext/note-document.ts';
import { mentionOfHref } from '../../../domain/richtext/mentions.ts';

let manager: MarkdownManager | null = null;

/** Reads Markdown as the blocks of a note: formulas and callouts too, links to things of Lemma as mentions, and nothing that could run. */
export function readMarkdown(text: string): readonly JSONContent[] {
  manager ??= new MarkdownManager({ extensions: [StarterKit, TaskList, TaskItem.configure({ nested: true }), TableKit] });
  const blocks = splitFormulas(text).flatMap((part) => (part.formula ? [{ type: 'blockMath', attrs: { latex: part.text } }] : manager?.parse(part.text).content ?? []));
  const read = parseNoteDocument({ type: 'doc', content: blocks.flatMap(finished) });
  return read.content as readonly JSONContent[];
}

/** Code and formulas that stand on lines of their own: a formula in code is none. */
const FENCED = /^ {0,3}(```+|~~~+)[^\n]*\n[\s\S]*?(?:\n {0,3}\1[`~]*[ \t]*$|$(?![\s\S]))|^[ \t]*\$\$[ \t]*\n?([\s\S]+?)\n?[ \t]*\$\$[ \t]*$/gm;

interface Part { readonly formula: boolean; readonly text: string }

/** `$$` on lines of their own, outside of code, hold a formula. */
function splitFormulas(given: string): readonly Part[] {
  const text = given.replaceAll('\r\n', '\n');
  const parts: Part[] = [];
  let at = 0;
  for (const found of text.matchAll(FENCED)) {
    if (found[2] === undefined) continue;
    parts.push({ formula: false, text: text.slice(at, found.index) }, { formula: true, text: found[2].trim() });
    at = found.index + found[0].length;
  }
  return [...parts, { formula: false, text: text.slice(at) }].filter((part) => part.text.trim() !== '');
}

/** What Markdown has no node for: mentions are links, callouts are quotes that begin with their kind, formulas stand between dollars. */
function finished(node: JSONContent): JSONContent[] {
  if (node.type === 'text') return textWithFormulas(node);
  if (node.type === 'codeBlock') return [node];
  const content = node.content?.flatMap(finished);
  const own = content === undefined ? node : { ...node, content };
  return [node.type === 'blockquote' ? calloutOf(own) : own];
}

function textWithFormulas(node: JSONContent): JSONContent[] {
  const href: unknown = node.marks?.find(({ type }) => type === 'link')?.attrs?.['href'];
  const mention = typeof href === 'string' ? mentionOfHref(href) : null;
  if (mention !== null) return [{ type: 'mention', attrs: { ...mention, label: node.text ?? mention.id } }];
  if (node.text === undefined || node.marks?.some(({ type }) => type === 'code')) return [node];
  return node.text.split(/(\$[^\s$](?:[^$\n]*[^\s$])?\$(?!\d))/).filter((part) => part !== '').map((part) => (
    part.length > 2 && part.startsWith('$') && part.endsWith('$') ? { type: 'inlineMath', attrs: { latex: part.slice(1, -1) } } : { ...node, text: part }
  ));
}

const TONE = /^\[!(note|tip|warning|decision)\]\s*/i;

/** `> [!NOTE]`, as GitHub writes it. */
function calloutOf(quote: JSONContent): JSONContent {
  const [first, ...others] = quote.content ?? [];
  const found = TONE.exec(first?.content?.[0]?.text ?? '');
  if (found === null || first === undefined) return quote;
  const line = withoutTone(first.content ?? []);
  return { type: 'callout', attrs: { tone: found[1]?.toLowerCase() }, content: [...(line.length > 0 || others.length === 0 ? [{ ...first, content: line }] : []), ...others] };
}

function withoutTone([head, ...rest]: readonly JSONContent[]): JSONContent[] {
  const words = (head?.text ?? '').replace(TONE, '');
  return words === '' ? rest.slice(rest[0]?.type === 'hardBreak' ? 1 : 0) : [{ ...head, text: words }, ...rest];
}

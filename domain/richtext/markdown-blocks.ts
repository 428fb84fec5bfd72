import { mentionOfHref } from './mentions.ts';
import type { NoteNode } from './note-document.ts';

/**
 * The blocks of a note out of Markdown. `parse` reads what every Markdown has; what only notes have is found here: formulas between dollars, callouts as quotes that begin with their kind,
 * mentions as links to `lemma:…`. What comes is still only what somebody wrote, and is to be parsed as a note.
 */
export function markdownBlocks(text: string, parse: (markdown: string) => readonly NoteNode[]): readonly NoteNode[] {
  return splitFormulas(text).flatMap((part) => (part.formula ? [{ type: 'blockMath', attrs: { latex: part.text } }] : parse(part.text))).flatMap(finished);
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

function finished(node: NoteNode): NoteNode[] {
  if (node.type === 'text') return textWithFormulas(node);
  if (node.type === 'codeBlock') return [node];
  const content = node.content?.flatMap(finished);
  const own = content === undefined ? node : { ...node, content };
  return [node.type === 'blockquote' ? calloutOf(own) : own];
}

function textWithFormulas(node: NoteNode): NoteNode[] {
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
function calloutOf(quote: NoteNode): NoteNode {
  const [first, ...others] = quote.content ?? [];
  const found = TONE.exec(first?.content?.[0]?.text ?? '');
  if (found === null || first === undefined) return quote;
  const line = withoutTone(first.content ?? []);
  return { type: 'callout', attrs: { tone: found[1]?.toLowerCase() }, content: [...(line.length > 0 || others.length === 0 ? [{ ...first, content: line }] : []), ...others] };
}

function withoutTone([head, ...rest]: readonly NoteNode[]): NoteNode[] {
  const words = (head?.text ?? '').replace(TONE, '');
  return words === '' || head === undefined ? rest.slice(rest[0]?.type === 'hardBreak' ? 1 : 0) : [{ ...head, text: words }, ...rest];
}

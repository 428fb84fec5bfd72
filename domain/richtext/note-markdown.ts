import { mentionFrom, mentionMarkdown } from './mentions.ts';
import { attributeText, type NoteMark, type NoteNode } from './note-document.ts';

/** How an evidence block reads in words; the caller knows what is true of its subject now. */
export type EvidenceWords = (attrs: Readonly<Record<string, unknown>>) => string;

const subjectWords: EvidenceWords = ({ kind, subject }) => `Evidence: ${attributeText({ kind }, 'kind')} of ${attributeText({ subject }, 'subject')}`;

/** The note as Markdown, as GitHub reads it; formulas between dollar signs. */
export function noteMarkdown(document: NoteNode, evidence: EvidenceWords = subjectWords): string {
  return `${blocks(document.content ?? [], evidence)}\n`;
}

function blocks(nodes: readonly NoteNode[], evidence: EvidenceWords): string {
  return nodes.filter((node) => !isBlank(node)).map((node) => block(node, evidence)).join('\n\n');
}

/** Markdown has no empty paragraphs: they would only be more empty lines. */
const isBlank = ({ type, content = [] }: NoteNode): boolean => type === 'paragraph' && content.length === 0;

const indented = (text: string, by: string): string => text.replaceAll(/\n(?=[^\n])/g, `\n${by}`);
const quoted = (text: string): string => text.split('\n').map((line) => (line === '' ? '>' : `> ${line}`)).join('\n');

type Writer = (node: NoteNode, evidence: EvidenceWords) => string;

const list = (bullet: (item: NoteNode, at: number) => string): Writer => ({ content = [] }, evidence) =>
  content.map((item, at) => { const mark = bullet(item, at); return `${mark} ${indented(blocks(item.content ?? [], evidence), ' '.repeat(mark.startsWith('- [') ? 2 : mark.length + 1))}`; }).join('\n');

const WRITERS: Readonly<Record<string, Writer>> = {
  paragraph: ({ content = [] }) => atLineStart(inline(content)),
  heading: ({ attrs, content = [] }) => `${'#'.repeat(Number(attrs?.['level'] ?? 1))} ${inline(content).replaceAll('\n', ' ')}`,
  bulletList: list(() => '-'),
  orderedList: (node, evidence) => list((_, at) => `${Number(node.attrs?.['start'] ?? 1) + at}.`)(node, evidence),
  taskList: list(({ attrs }) => (attrs?.['checked'] === true ? '- [x]' : '- [ ]')),
  blockquote: ({ content = [] }, evidence) => quoted(blocks(content, evidence)),
  callout: ({ attrs, content = [] }, evidence) => quoted(`[!${(attributeText(attrs, 'tone') || 'note').toUpperCase()}]\n${blocks(content, evidence)}`),
  codeBlock({ attrs, content = [] }) {
    const code = content.map(({ text = '' }) => text).join('');
    const fence = '`'.repeat(Math.max(3, longestRun(code, '`') + 1));
    return `${fence}${attributeText(attrs, 'language')}\n${code}\n${fence}`;
  },
  horizontalRule: () => '---',
  blockMath: ({ attrs }) => `$$\n${attributeText(attrs, 'latex')}\n$$`,
  image: ({ attrs }) => `![${escaped(attributeText(attrs, 'alt'))}](${address(attributeText(attrs, 'src'))})`,
  attachment: ({ attrs }) => `[${escaped(attributeText(attrs, 'name') || 'file')}](${address(attributeText(attrs, 'src'))})`,
  evidence: ({ attrs = {} }, evidence) => `> ${escaped(evidence(attrs)).replaceAll('\n', '\n> ')}`,
  table({ content: rows = [] }, evidence) {
    const cells = rows.map(({ content = [] }) => content.map((each) => blocks(each.content ?? [], evidence).replaceAll('|', String.raw`\|`).replaceAll(/\s*\n+/g, '<br>')));
    const width = Math.max(1, ...cells.map((row) => row.length));
    const lines = cells.map((row) => `| ${Array.from({ length: width }, (_, at) => row[at] ?? '').join(' | ')} |`);
    return [lines[0] ?? '', `|${' --- |'.repeat(width)}`, ...lines.slice(1)].join('\n');
  },
};

const block = (node: NoteNode, evidence: EvidenceWords): string => (Object.hasOwn(WRITERS, node.type) ? WRITERS[node.type]?.(node, evidence) : undefined) ?? inline([node]);

const longestRun = (text: string, of: string): number => Math.max(0, ...[...text.matchAll(new RegExp(`${of}+`, 'g'))].map(([run]) => run.length));

/** Within a word a low line is no sign: test_acc stays readable. */
const escaped = (text: string): string => text.replaceAll(/[\\`*[\]<>~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\$&`);

/** What would begin a list, a heading or a quote at the start of a line does not. */
const atLineStart = (text: string): string => text.replaceAll(/^(\s*)(#{1,6}(?=\s)|[-+](?=\s)|>|(?:-{3,}|={3,})$)/gm, String.raw`$1\$2`).replaceAll(/^(\s*\d+)([.)])(?=\s)/gm, String.raw`$1\$2`);

const address = (given: string): string => given.replaceAll(/[\s()<>\\]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

const AROUND: Readonly<Record<string, readonly [string, string]>> = { bold: ['**', '**'], italic: ['*', '*'], strike: ['~~', '~~'], underline: ['<u>', '</u>'] };

function inline(nodes: readonly NoteNode[]): string {
  return nodes.map((node) => {
    switch (node.type) {
      case 'text': return marked(node.text ?? '', node.marks ?? []);
      case 'hardBreak': return '\\\n';
      case 'inlineMath': return `$${attributeText(node.attrs, 'latex')}$`;
      case 'mention': return mentioned(node.attrs ?? {});
      default: return '';
    }
  }).join('');
}

function mentioned(attrs: Readonly<Record<string, unknown>>): string {
  const mention = mentionFrom(attrs['kind'], attrs['id']);
  return mention ? mentionMarkdown({ ...mention, label: attributeText(attrs, 'label') }) : '';
}

function marked(text: string, marks: readonly NoteMark[]): string {
  const code = marks.some(({ type }) => type === 'code');
  const tick = '`'.repeat(longestRun(text, '`') + 1);
  // Marks hold on to words: beside a blank they would be read as signs.
  const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (words === '') return text;
  const apart = words.startsWith('`') || words.endsWith('`') ? ' ' : '';
  let written = code ? `${tick}${apart}${words}${apart}${tick}` : escaped(words);
  for (const { type, attrs } of marks) {
    const around = AROUND[type];
    if (around) written = `${around[0]}${written}${around[1]}`;
    if (type === 'link') written = `[${written}](${address(attributeText(attrs, 'href'))})`;
  }
  return `${before}${written}${after}`;
}

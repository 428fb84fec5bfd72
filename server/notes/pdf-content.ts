import { attributeText, type NoteMark, type NoteNode } from '../../domain/richtext/note-document.ts';
import type { EvidenceWords } from '../../domain/richtext/note-markdown.ts';

/** What pdfmake draws: text, or an object in its words. */
export type Pdf = string | { readonly [name: string]: unknown };

export interface PdfParts {
  readonly evidence: EvidenceWords;
  /** Addresses of the pictures that are there. */
  readonly pictures: ReadonlySet<string>;
}

const INK = '#1c2024';
const QUIET = '#60646c';
const LINE = '#d9d9e0';
const PAPER = '#f5f5f7';
const TONES: Readonly<Record<string, readonly [line: string, paper: string, name: string]>> = {
  note: ['#3e63dd', '#f2f5ff', 'Note'], tip: ['#2b9a66', '#eefaf3', 'Tip'], warning: ['#ad5700', '#fff7e6', 'Warning'], decision: ['#6550b9', '#f6f4ff', 'Decision'],
};
/** Of an A4 page between its margins, in points. */
const WIDTH = 483;

type Writer = (node: NoteNode, parts: PdfParts) => Pdf;

const blocks = ({ content = [] }: NoteNode, parts: PdfParts): readonly Pdf[] => content.map((node) => pdfBlock(node, parts));

/** A box with a line at its left. */
const box = ([line, paper]: readonly [string, string], stack: readonly Pdf[]): Pdf => ({
  table: { widths: ['*'], body: [[{ stack, fillColor: paper, margin: [8, 6, 6, 2] }]] },
  layout: { hLineWidth: 'none', vLineWidth: 'left', line },
  margin: [0, 2, 0, 10],
});

const item: Writer = (node, parts) => ({ stack: blocks(node, parts) });

const WRITERS: Readonly<Record<string, Writer>> = {
  paragraph: ({ content = [] }) => ({ text: inline(content), margin: [0, 0, 0, 7] }),
  heading: ({ attrs, content = [] }) => ({ text: inline(content), style: `h${attributeText(attrs, 'level') || '1'}`, headlineLevel: 1 }),
  bulletList: ({ content = [] }, parts) => ({ ul: content.map((each) => item(each, parts)), margin: [0, 0, 0, 4] }),
  orderedList: ({ attrs, content = [] }, parts) => ({ ol: content.map((each) => item(each, parts)), start: Number(attrs?.['start'] ?? 1), margin: [0, 0, 0, 4] }),
  taskList: ({ content = [] }, parts) => ({ stack: content.map((each): Pdf => ({ columns: [tick(each.attrs?.['checked'] === true), { stack: blocks(each, parts), width: '*' }], columnGap: 6 })), margin: [0, 0, 0, 4] }),
  blockquote: (node, parts) => box([LINE, '#ffffff'], blocks(node, parts)),
  callout(node, parts) {
    const [line, paper, name] = TONES[attributeText(node.attrs, 'tone')] ?? ['#3e63dd', '#f2f5ff', 'Note'];
    return box([line, paper], [{ text: name, color: line, bold: true, fontSize: 8.5, margin: [0, 0, 0, 3] }, ...blocks(node, parts)]);
  },
  codeBlock: ({ content = [] }) => box([LINE, PAPER], [{ ...mono(content.map(({ text = '' }) => text).join('') || ' '), preserveLeadingSpaces: true, margin: [0, 0, 0, 4] }]),
  horizontalRule: () => ({ canvas: [{ type: 'line', x1: 0, y1: 0, x2: WIDTH, y2: 0, lineWidth: 0.5, lineColor: LINE }], margin: [0, 6, 0, 12] }),
  blockMath: ({ attrs }) => ({ ...mono(attributeText(attrs, 'latex')), alignment: 'center', margin: [0, 4, 0, 10] }),
  evidence: ({ attrs = {} }, { evidence }) => box(['#2b9a66', PAPER], [{ text: 'Evidence', color: QUIET, bold: true, fontSize: 8, margin: [0, 0, 0, 2] }, { text: evidence(attrs), margin: [0, 0, 0, 4] }]),
  image({ attrs }, { pictures }) {
    const src = attributeText(attrs, 'src');
    const alt = attributeText(attrs, 'alt');
    return pictures.has(src) ? { stack: [{ image: src, maxWidth: WIDTH, maxHeight: 480 }, ...(alt ? [{ text: alt, style: 'quiet' }] : [])], margin: [0, 2, 0, 10] } : { text: `[picture: ${alt || src}]`, style: 'quiet' };
  },
  attachment: ({ attrs }) => ({ text: [{ text: attributeText(attrs, 'name'), bold: true }, { text: `  ${size(Number(attrs?.['size'] ?? 0))}`, color: QUIET }], margin: [0, 0, 0, 7] }),
  table: (node, parts) => table(node, parts),
};

export const pdfBlock = (node: NoteNode, parts: PdfParts): Pdf => (Object.hasOwn(WRITERS, node.type) ? WRITERS[node.type]?.(node, parts) : undefined) ?? { text: inline([node]) };

const tick = (checked: boolean): Pdf => ({
  width: 10,
  canvas: [
    { type: 'rect', x: 0, y: 2, w: 8, h: 8, r: 1.5, lineWidth: 0.8, lineColor: checked ? '#3e63dd' : QUIET, ...(checked ? { color: '#3e63dd' } : {}) },
    ...(checked ? [{ type: 'polyline', lineWidth: 1.1, lineColor: '#ffffff', points: [{ x: 1.8, y: 6 }, { x: 3.4, y: 7.8 }, { x: 6.3, y: 4.2 }] }] : []),
  ],
});

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Cells over several columns or rows leave places behind that pdfmake wants filled with nothing. */
function table({ content: rows = [] }: NoteNode, parts: PdfParts): Pdf {
  const width = Math.min(40, Math.max(1, ...rows.map(({ content = [] }) => content.reduce((sum, cell) => sum + span(cell, 'colspan'), 0))));
  const taken = new Set<string>();
  const body = rows.map(({ content = [] }, y) => {
    const cells = [...content];
    return Array.from({ length: width }, (_, x): Pdf => {
      const cell = taken.has(`${x} ${y}`) ? undefined : cells.shift();
      if (!cell) return '';
      const [across, down] = [Math.min(span(cell, 'colspan'), width - x), Math.min(span(cell, 'rowspan'), rows.length - y)];
      for (let dy = 0; dy < down; dy += 1) for (let dx = 0; dx < across; dx += 1) taken.add(`${x + dx} ${y + dy}`);
      return { stack: blocks(cell, parts), colSpan: across, rowSpan: down, ...(cell.type === 'tableHeader' ? { bold: true, fillColor: PAPER } : {}), margin: [2, 3, 2, -3] };
    });
  });
  return { table: { widths: Array.from({ length: width }, () => (width > 8 ? 'auto' : '*')), body, headerRows: rows[0]?.content?.every(({ type }) => type === 'tableHeader') ? 1 : 0, dontBreakRows: false }, layout: { hLineWidth: 'all', vLineWidth: 'all', line: LINE }, fontSize: width > 8 ? 7 : 9, margin: [0, 2, 0, 10] };
}

const span = ({ attrs }: NoteNode, name: 'colspan' | 'rowspan'): number => Math.max(1, Number(attrs?.[name] ?? 1));

/** The typewriter font knows Latin letters; what it does not know is set in the other. */
const mono = (text: string): { readonly [name: string]: unknown } => ({ text, fontSize: 8.5, ...(/^[\n\t\u0020-\u007E\u00A0-\u00FF]*$/.test(text) ? { font: 'Mono' } : {}) });

function inline(nodes: readonly NoteNode[]): readonly Pdf[] {
  return nodes.map((node): Pdf => {
    switch (node.type) {
      case 'text': return marked(node.text ?? '', node.marks ?? []);
      case 'hardBreak': return '\n';
      case 'inlineMath': return mono(attributeText(node.attrs, 'latex'));
      case 'mention': return { text: attributeText(node.attrs, 'label'), color: '#3e63dd' };
      default: return '';
    }
  });
}

function marked(text: string, marks: readonly NoteMark[]): Pdf {
  const has = (type: string): boolean => marks.some((mark) => mark.type === type);
  const href = attributeText(marks.find(({ type }) => type === 'link')?.attrs, 'href');
  const decoration = [...(has('strike') ? ['lineThrough'] : []), ...(has('underline') || href ? ['underline'] : [])];
  return {
    text, color: href ? '#3e63dd' : INK, ...(has('bold') ? { bold: true } : {}), ...(has('italic') ? { italics: true } : {}), ...(decoration.length > 0 ? { decoration } : {}),
    ...(has('code') ? { ...mono(text), background: PAPER } : {}), ...(/^(https?|mailto):/i.test(href) ? { link: href } : {}),
  };
}

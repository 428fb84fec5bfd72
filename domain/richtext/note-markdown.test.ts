import { expect, test } from 'vitest';
import { parseNoteDocument } from './note-document.ts';
import { noteMarkdown } from './note-markdown.ts';
import { noteExcerpt, noteText } from './note-text.ts';

const text = (words: string, ...types: string[]) => ({ type: 'text', text: words, marks: types.map((type) => ({ type })) });
const paragraph = (...content: object[]) => ({ type: 'paragraph', content });
const note = (...content: object[]) => parseNoteDocument({ type: 'doc', content });
const item = (...content: object[]) => ({ type: 'listItem', content });

test('every block is written as Markdown reads it', () => {
  expect(noteMarkdown(note(
    { type: 'heading', attrs: { level: 2 }, content: [text('Why')] },
    paragraph(text('a '), text('bold ', 'bold'), text('code `x`', 'code'), { type: 'hardBreak' }, { type: 'mention', attrs: { kind: 'metric', id: 'exp_1/val acc', label: '#val acc' } }),
    { type: 'bulletList', content: [item(paragraph(text('one')), { type: 'orderedList', attrs: { start: 3 }, content: [item(paragraph(text('inner')))] }), item(paragraph(text('two')))] },
    { type: 'taskList', content: [{ type: 'taskItem', attrs: { checked: true }, content: [paragraph(text('done'))] }] },
    { type: 'codeBlock', attrs: { language: 'py' }, content: [text('a\n```\nb')] },
    { type: 'callout', attrs: { tone: 'warning' }, content: [paragraph(text('careful'))] },
    { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableHeader', content: [paragraph(text('a|b'))] }, { type: 'tableHeader', content: [paragraph(text('c'))] }] }, { type: 'tableRow', content: [{ type: 'tableCell', content: [paragraph(text('1')), paragraph(text('2'))] }] }] },
    { type: 'blockMath', attrs: { latex: 'x^2' } },
    { type: 'image', attrs: { src: '/a b.png', alt: 'plot' } },
    { type: 'evidence', attrs: { kind: 'verdict', subject: 'exp_1' } },
  ))).toBe([
    '## Why', 'a **bold** `` code `x` ``\\\n[#val acc](lemma:metric/exp_1/val%20acc)', '- one\n\n  3. inner\n- two', '- [x] done', '````py\na\n```\nb\n````', '> [!WARNING]\n> careful',
    '| a\\|b | c |\n| --- | --- |\n| 1<br>2 |  |', '$$\nx^2\n$$', '![plot](/a%20b.png)', '> Evidence: verdict of exp_1', '',
  ].join('\n\n').replace(/\n\n$/, '\n'));
});

test('empty paragraphs leave no empty lines, and names keep their low lines', () => {
  expect(noteMarkdown(note(paragraph(text('test_acc and _this_ and snake_')), paragraph(), paragraph(), paragraph(text('end'))))).toBe('test_acc and \\_this\\_ and snake\\_\n\nend\n');
});

test('words that look like Markdown stay words', () => {
  expect(noteMarkdown(note(paragraph(text('# no heading <script> *no* [x](y)'))))).toBe('\\# no heading \\<script\\> \\*no\\* \\[x\\](y)\n');
  expect(noteMarkdown(note(paragraph(text('- no list')), paragraph(text('1. nor this'))))).toBe('\\- no list\n\n1\\. nor this\n');
});

test('search reads the words, a line a block; a list shows how it begins', () => {
  const long = note(paragraph(text('hello '), text('world', 'bold')), { type: 'bulletList', content: [item(paragraph(text('item')))] }, paragraph(text('x'.repeat(1000))));
  expect(noteText(long).split('\n').slice(0, 2)).toEqual(['hello world', 'item']);
  expect(noteExcerpt(long)).toHaveLength(280);
});

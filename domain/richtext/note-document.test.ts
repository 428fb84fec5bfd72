import { expect, test } from 'vitest';
import { EMPTY_NOTE, MOST_DEPTH, parseNoteDocument, type NoteNode } from './note-document.ts';
import { safeHref } from './safe-href.ts';

const text = (words: string, ...marks: object[]) => ({ type: 'text', text: words, ...(marks.length > 0 ? { marks } : {}) });
const paragraph = (...content: object[]) => ({ type: 'paragraph', content });
const doc = (...content: unknown[]) => ({ type: 'doc', content });

test('a note of every node comes through as it is', () => {
  const whole = doc(
    { type: 'heading', attrs: { level: 2 }, content: [text('Why')] },
    paragraph(text('bold', { type: 'bold' }), { type: 'hardBreak' }, text('a link', { type: 'link', attrs: { href: 'https://example.org/x' } }), { type: 'inlineMath', attrs: { latex: 'x^2' } },
      { type: 'mention', attrs: { kind: 'experiment', id: 'exp_1', label: 'VIS-42' } }),
    { type: 'taskList', content: [{ type: 'taskItem', attrs: { checked: true }, content: [paragraph(text('done'))] }] },
    { type: 'orderedList', attrs: { start: 3 }, content: [{ type: 'listItem', content: [paragraph(text('three'))] }] },
    { type: 'codeBlock', attrs: { language: 'python' }, content: [text('x = 1')] },
    { type: 'callout', attrs: { tone: 'decision' }, content: [paragraph(text('we ship'))] },
    { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableHeader', attrs: { colspan: 2, rowspan: 1, colwidth: [120, 80] }, content: [paragraph(text('head'))] }] }] },
    { type: 'image', attrs: { src: '/api/v1/notes/not_1/files/nof_1', alt: 'loss', title: null } },
    { type: 'attachment', attrs: { src: '/api/v1/notes/not_1/files/nof_2', name: 'a.csv', size: 12 } },
    { type: 'blockMath', attrs: { latex: '\\sum' } },
    { type: 'evidence', attrs: { kind: 'verdict', subject: 'exp_1', options: { metric: 'acc' }, frozen: { at: '2026-11-28T10:00:00.000Z', digest: 'abc', content: { outcome: 'SUPPORTED' } } } },
    { type: 'horizontalRule' },
  );
  expect(parseNoteDocument(whole)).toEqual(whole);
});

test('what is not in the vocabulary goes, and the words in it stay', () => {
  expect(parseNoteDocument(doc({ type: 'script', content: [text('alert(1)')] }, { type: 'paragraph', attrs: { onclick: 'x' }, content: [text('hello', { type: 'blink' }, { type: 'link', attrs: { href: 'javascript:alert(1)' } })] })))
    .toEqual(doc(paragraph(text('alert(1)')), paragraph(text('hello'))));
});

test('what stands where it may not is put where it may', () => {
  expect(parseNoteDocument(doc(text('bare'), { type: 'listItem', content: [paragraph(text('item'))] }, { type: 'tableCell', content: [paragraph(text('cell'))] })))
    .toEqual(doc(paragraph(text('bare')), paragraph(text('item')), paragraph(text('cell'))));
  expect(parseNoteDocument(doc({ type: 'bulletList', content: [paragraph(text('no item'))] }, { type: 'codeBlock', content: [text('a', { type: 'bold' }), { type: 'mention', attrs: {} }] })))
    .toEqual(doc({ type: 'codeBlock', attrs: { language: null }, content: [text('a')] }));
});

test('a picture from elsewhere becomes a link, since fetching it would tell who reads', () => {
  expect(parseNoteDocument(doc({ type: 'image', attrs: { src: '//evil.example/x.png', alt: 'pixel' } })))
    .toEqual(doc(paragraph(text('pixel', { type: 'link', attrs: { href: '//evil.example/x.png' } }))));
});

test('anything at all is read without harm, and ends somewhere', () => {
  for (const given of [null, 7, 'doc', [], {}, { type: 'doc', content: 'x' }, { content: [null, 3, { type: 'constructor' }, { type: '__proto__' }] }]) expect(parseNoteDocument(given)).toEqual(EMPTY_NOTE);
  let deep: object = paragraph(text('bottom'));
  for (let depth = 0; depth < 20_000; depth += 1) deep = { type: 'blockquote', content: [deep] };
  let depth = 0;
  for (let node: NoteNode | undefined = parseNoteDocument(doc(deep)); node; node = node.content?.[0]) depth += 1;
  expect(depth).toBeLessThanOrEqual(MOST_DEPTH + 2);
});

test('only addresses that carry no script are links', () => {
  for (const href of ['https://a.org', 'HTTP://a.org', 'mailto:a@b.org', '/vision/notes', '#top', '?a=b:c', 'notes/x:y', 'lemma:run/abc']) expect(safeHref(href)).toBe(href);
  for (const href of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', ' \u0001javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', '', 7, null]) expect(safeHref(href)).toBeNull();
});

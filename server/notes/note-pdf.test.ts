import { expect, test } from 'vitest';
import { documentFromMarkdown } from './markdown-document.ts';
import { notePdf, remarkOn } from './note-pdf.ts';

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p9yY1wAAAABJRU5ErkJggg==', 'base64');

test('a note with everything in it becomes a PDF of a few pages; addresses in it are not called', async () => {
  const written = documentFromMarkdown([
    '# Mixing images\n\nWe **believe** that *CutMix* moves `val_acc`, see [the paper](https://example.org) and [@Grace Hopper](lemma:person/per_1). Ünïcödé, Ελληνικά, Привет.',
    '- one\n- two\n  1. inner\n  2. inner two\n\n- [x] done\n- [ ] open', '> quoted\n\n---', '```python\ndef f(x):\n    return x + 1\n```', '| metric | before | after |\n|---|---|---|\n| acc | 0.912 | **0.934** |\n| loss | 0.31 | 0.24 |',
  ].join('\n\n'));
  const document = { ...written, content: [...written.content,
    { type: 'callout', attrs: { tone: 'decision' }, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'We ship it.' }] }] },
    { type: 'evidence', attrs: { kind: 'verdict', subject: 'exp_1' } }, { type: 'blockMath', attrs: { latex: String.raw`\theta \ge \delta` } },
    { type: 'image', attrs: { src: '/here.png', alt: 'a pixel' } }, { type: 'image', attrs: { src: '/etc/passwd', alt: 'gone' } }, { type: 'attachment', attrs: { src: '/x', name: 'data.csv', size: 123456 } },
    { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableCell', attrs: { colspan: 2, rowspan: 2 } }, { type: 'tableCell' }] }, { type: 'tableRow', content: [{ type: 'tableCell' }] }] },
  ] };
  const pdf = await notePdf({ title: 'Weekly notes', line: 'Grace Hopper · 2026-11-28', document, evidence: () => 'VIS-42 CutMix: supported. +1.2 points, 95 % interval 0.4 to 2.0.', pictures: new Map([['/here.png', PIXEL]]) });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(0);
}, 60_000);

test('a picture that is none does not keep the words from being exported', async () => {
  const document = { type: 'doc', content: [{ type: 'image', attrs: { src: '/broken.png', alt: 'broken' } }] };
  const pdf = await notePdf({ title: 'Note', line: '', document, evidence: () => '', pictures: new Map([['/broken.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)]]) });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
}, 60_000);

test('letters that cannot be set are not left out without a word', () => {
  const saying = (text: string) => ({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });
  expect(remarkOn('Ünïcödé', saying('Ελληνικά, Привет, x ≥ 2 → y, 50 % ±0.1, “quoted” © 2026'))).toBe('');
  for (const text of ['中文标题', 'done 🎉', 'שלום']) {
    expect(remarkOn('Note', saying(text))).toContain('cannot be set here');
    expect(remarkOn(text, saying('words'))).toContain('Markdown');
  }
});

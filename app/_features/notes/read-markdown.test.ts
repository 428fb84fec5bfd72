import type { JSONContent } from '@tiptap/core';
import { expect, test } from 'vitest';
import { readMarkdown } from './read-markdown.ts';

const types = (text: string): (string | undefined)[] => readMarkdown(text).map(({ type }) => type);
const flat = (nodes: readonly JSONContent[]): JSONContent[] => nodes.flatMap((node) => [node, ...flat(node.content ?? [])]);

test('headings, lists, tasks, tables and code come as what they are', () => {
  expect(types('# One\n\nwords\n\n- a\n- b\n\n1. x\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\nx = 1\n```')).toEqual(['heading', 'paragraph', 'bulletList', 'orderedList', 'taskList', 'table', 'codeBlock']);
});

test('mentions, formulas and callouts are found; code keeps its dollars', () => {
  const nodes = flat(readMarkdown('see [VIS-42](lemma:experiment/exp_1) and $x^2$ for $5\n\n$$\n\\sum_i x_i\n$$\n\n> [!DECISION]\n> We ship it.\n\n`$HOME$`'));
  expect(nodes.find(({ type }) => type === 'mention')?.attrs).toEqual({ kind: 'experiment', id: 'exp_1', label: 'VIS-42' });
  expect(nodes.filter(({ type }) => type === 'inlineMath').map(({ attrs }) => attrs?.['latex'])).toEqual(['x^2']);
  expect(nodes.find(({ type }) => type === 'blockMath')?.attrs).toEqual({ latex: '\\sum_i x_i' });
  expect(nodes.find(({ type }) => type === 'callout')?.attrs).toEqual({ tone: 'decision' });
  expect(nodes.some(({ text }) => text === '$HOME$')).toBe(true);
});

test('nothing in it runs or leads to a script', () => {
  const nodes = JSON.stringify(readMarkdown('[x](javascript:alert(1)) <script>alert(1)</script> <img src=x onerror=alert(1)> ![y](data:text/html,x)'));
  expect(nodes).not.toMatch(/"href":"javascript|"type":"image"|onerror"\s*:/);
});

test('a picture elsewhere keeps its address, as a link among its words', () => {
  expect(readMarkdown('see ![the curve](https://example.org/curve.png) and ![](https://example.org/x.png)')).toEqual([{ type: 'paragraph', content: [
    { type: 'text', text: 'see ' },
    { type: 'text', text: 'the curve', marks: [{ type: 'link', attrs: { href: 'https://example.org/curve.png' } }] },
    { type: 'text', text: ' and ' },
    { type: 'text', text: 'https://example.org/x.png', marks: [{ type: 'link', attrs: { href: 'https://example.org/x.png' } }] },
  ] }]);
});

import { expect, test } from 'vitest';
import { mentionMarkdown, mentionOfHref, mentionsInDocument, mentionsInMarkdown, MOST_MENTIONS } from './mentions.ts';

test('a mention written as Markdown is read back, whatever its metric is called', () => {
  for (const id of ['exp_1/val_acc', 'exp_1/test/acc (top 5)', 'exp_1/wert ü [0]']) {
    const text = `see ${mentionMarkdown({ kind: 'metric', id, label: `#${id}` })}.`;
    expect(mentionsInMarkdown(text)).toEqual([{ kind: 'metric', id }]);
  }
  expect(mentionMarkdown({ kind: 'person', id: 'per_1', label: '@Grace Hopper' })).toBe('[@Grace Hopper](lemma:person/per_1)');
});

test('what stands in code, escaped or of an unknown kind is no mention', () => {
  expect(mentionsInMarkdown(String.raw`\[a](lemma:person/per_1) [a](lemma:planet/x) [a](https://x.org) [a](lemma:person/../etc)`)).toEqual([]);
  expect(mentionsInMarkdown('`[a](lemma:person/per_1)`\n\n```\n[a](lemma:person/per_2)\n```\n[b](lemma:person/per_3)')).toEqual([{ kind: 'person', id: 'per_3' }]);
  expect(mentionsInMarkdown('```\n[a](lemma:person/per_2)\nnever closed [b](lemma:person/per_3)')).toEqual([]);
});

test('a storm of mentions counts as many as a text may, each thing once', () => {
  const storm = Array.from({ length: 5000 }, (_, at) => `[x](lemma:person/per_${at % 1000})`).join(' ');
  expect(mentionsInMarkdown(storm)).toHaveLength(MOST_MENTIONS);
  const document = { type: 'doc', content: Array.from({ length: 5000 }, (_, at) => ({ type: 'paragraph', content: [{ type: 'mention', attrs: { kind: 'run', id: `r${at % 1000}` } }] })) };
  expect(mentionsInDocument(document)).toHaveLength(MOST_MENTIONS);
});

test('a document that is none, deep or odd, holds no mentions and harms nobody', () => {
  let deep: unknown = { type: 'mention', attrs: { kind: 'person', id: 'per_1' } };
  for (let depth = 0; depth < 50_000; depth += 1) deep = { content: [deep] };
  expect(mentionsInDocument(deep)).toEqual([{ kind: 'person', id: 'per_1' }]);
  expect(mentionsInDocument([null, { type: 'mention', attrs: { kind: 'person', id: 7 } }, { type: 'mention' }])).toEqual([]);
  expect(mentionOfHref('lemma:metric/exp_1/%E0%A4%A')).toEqual({ kind: 'metric', id: 'exp_1/%E0%A4%A' });
});

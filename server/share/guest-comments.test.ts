import { expect, test } from 'vitest';
import { answerWords } from './guest-comments.ts';

const words = (markdown: string, redact: Parameters<typeof answerWords>[1]['redact'] = []) => answerWords(markdown, { redact, publicUrl: 'https://lemma.example.org' });

test('an answer is read without the signs of Markdown', () => {
  expect(words('It is **certain**, _very_ `x = 1`.')).toBe('It is certain, very x = 1.');
  expect(words('# Yes\n\nFirst:\n\n- one\n- two\n\nEnd')).toBe('Yes\nFirst:\n• one\n• two\nEnd');
});

test('what was typed as a sign stays one', () => expect(words('2 \\* 3 &lt; 7 \\_ok\\_')).toBe('2 * 3 < 7 _ok_'));

test('an address outside is said, one inside is not', () => {
  expect(words('See [the paper](https://arxiv.example.org/1), [it](https://lemma.example.org/e/DIG-1) and https://arxiv.example.org/2')).toMatch(/^See the paper \(https:\/\/arxiv\.example\.org\/1\), it and https:\/\/arxiv\.example\.org\/2$/);
});

test('whom and what it mentions is named as the sharer chose', () => {
  const markdown = '[@Grace](lemma:person/per_1) in **[DIG-1](lemma:experiment/exp_1)**';
  expect([words(markdown), words(markdown, ['PEOPLE', 'ORGANIZATION'])]).toEqual(['@Grace in DIG-1', 'somebody in an experiment']);
});

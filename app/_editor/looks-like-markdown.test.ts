import { expect, test } from 'vitest';
import { looksLikeMarkdown } from './looks-like-markdown.ts';

test.each(['# Title', '- one\n- two', '1. one\n2. two', '- [ ] to do', '```python\nx\n```', '> said', '| a | b |\n|---|---|', 'it is **bold** here', 'see [this](/e/VIS-1)', '$$\nx^2\n$$'])('%j is Markdown', (text) => {
  expect(looksLikeMarkdown(text)).toBe(true);
});

test.each(['plain words', 'a - b - c', '#hashtag', '2 * 3 * 4', 'x ** y', 'price: $5 and $6', '- a lone dash', 'array[0](x y)'])('%j is not', (text) => {
  expect(looksLikeMarkdown(text)).toBe(false);
});

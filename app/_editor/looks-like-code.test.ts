import { expect, test } from 'vitest';
import { languageOfCode, looksLikeCode, withoutPrompts } from './looks-like-code.ts';

test.each([
  '# load the data\nimport torch\nx = torch.ones(3)',
  'def train(rate: float):\n    # bold\n    return fit(rate)\n\ntrain(0.1)',
  'df = pd.read_csv("a.csv")\ndf.head()',
  '%matplotlib inline\nplt.plot(x)\nplt.show()',
  'model = Net(\n    width=64,\n    depth=3,\n)',
  'const x = 1;\nif (x) {\n  run();\n}',
])('%j is a piece of a program', (text) => expect(looksLikeCode(text)).toBe(true));

test.each([
  'x = 1', 'We raised the rate.\nIt held.', '# Title\n\nWords (and more) follow here.\nAnd here.', '# Title\n\n- one\n- two', '```python\nx = 1\ny = 2\n```',
  'Dear all,\n\nplease look at this:\nthe rate held.\n\nThanks', '| a | b |\n|---|---|\n| 1 | 2 |', 'one\n  two\n  three', '# only a comment\n# and another',
])('%j is none', (text) => expect(looksLikeCode(text)).toBe(false));

test('Python is known; numbers of cells go', () => {
  expect(languageOfCode('import torch\nx = 1')).toBe('python');
  expect(languageOfCode('const x = 1;')).toBeNull();
  expect(withoutPrompts('[3]:\nimport torch\nIn [ ]:\nx = 1')).toBe('import torch\nx = 1');
});

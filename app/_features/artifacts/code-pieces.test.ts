import { expect, test } from 'vitest';
import { highlightCode } from '../../_editor/highlight-code.ts';
import { languageOf, piecesByLine } from './code-pieces.ts';

test('each line has its own words, strings and numbers', () => {
  const text = 'import torch\nlr = 0.1  # bold\n"""two\nlines"""\n';
  const lines = text.split('\n');
  const found = piecesByLine(text, highlightCode(text, languageOf('train.py')));
  expect(found.map((pieces, line) => pieces.map(({ from, to, kind }) => [lines[line]?.slice(from, to), kind]))).toEqual([
    [['import', 'hljs-keyword']], [['0.1', 'hljs-number'], ['# bold', 'hljs-comment']], [['"""two', 'hljs-string']], [['lines"""', 'hljs-string']], [],
  ]);
});

test.each([['src/train.py', 'py'], ['conf/a.cfg', 'ini'], ['model/MLmodel', 'yaml'], ['out.log', ''], ['Makefile', 'makefile']])('%s is read as %j', (path, language) => expect(languageOf(path)).toBe(language));

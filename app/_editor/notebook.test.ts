import { expect, test } from 'vitest';
import { readNotebook } from './notebook.ts';

const notebook = (cells: readonly object[], metadata: object = {}): string => JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells });

test('text, code and what it printed keep their order; a picture keeps its bytes', () => {
  const read = readNotebook(notebook([
    { cell_type: 'markdown', source: ['# Title\n', 'words'] },
    {
      cell_type: 'code', source: 'print(1)\n', outputs: [
        { output_type: 'stream', name: 'stdout', text: ['1\n'] },
        { output_type: 'display_data', data: { 'image/png': 'iVBORw0K\nGgo=', 'text/plain': '<Figure>' } },
        { output_type: 'execute_result', data: { 'text/plain': '42' } },
      ],
    },
  ], { language_info: { name: 'python' } }));
  expect(read).toEqual({
    leftOut: 0,
    parts: [
      { kind: 'markdown', text: '# Title\nwords' },
      { kind: 'code', language: 'python', text: 'print(1)' },
      { kind: 'output', text: '1' },
      { kind: 'picture', name: 'figure 1.png', type: 'image/png', base64: 'iVBORw0KGgo=' },
      { kind: 'output', text: '42' },
    ],
  });
});

test('a traceback loses its terminal colours; the language comes from the kernel', () => {
  const read = readNotebook(notebook([{ cell_type: 'code', source: 'stop()', outputs: [{ output_type: 'error', ename: 'E', evalue: 'v', traceback: ['\u001B[31mE\u001B[0m: v'] }] }], { kernelspec: { name: 'ir', language: 'R' } }));
  expect(read?.parts).toEqual([{ kind: 'code', language: 'r', text: 'stop()' }, { kind: 'output', text: 'E: v' }]);
});

test('scripts, pages and widgets are left out and counted', () => {
  const read = readNotebook(notebook([{ cell_type: 'code', source: 'x', outputs: [
    { output_type: 'display_data', data: { 'text/html': '<script>alert(1)</script>', 'application/javascript': 'alert(1)' } },
    { output_type: 'display_data', data: { 'image/png': '"><script>' } },
  ] }]));
  expect(read).toEqual({ parts: [{ kind: 'code', language: 'python', text: 'x' }], leftOut: 2 });
});

test('a long output is cut and says so', () => {
  const read = readNotebook(notebook([{ cell_type: 'code', source: '', outputs: [{ output_type: 'stream', text: 'x'.repeat(20_000) }] }]));
  const [output] = read?.parts ?? [];
  expect(output?.kind === 'output' && output.text.endsWith('\n… 12,000 more characters were left out')).toBe(true);
});

test('what is no notebook is none', () => {
  for (const text of ['', 'plain', '{"cells":1}', '{"cells":[]}', '{"cells": [', '[]', '{"a":"\\"cells\\""}']) expect(readNotebook(text)).toBeNull();
});

test('cells copied out of a notebook are read as one, and a data frame is a table', () => {
  const data = { 'text/html': ['<table border="1" class="dataframe"><thead><tr><th></th><th>lr</th></tr></thead>', '<tbody><tr><th>0</th><td>0.1</td></tr></tbody></table>'], 'text/plain': '    lr\n0  0.1' };
  const cells = [{ cell_type: 'code', source: 'df', outputs: [{ output_type: 'execute_result', data }] }, { cell_type: 'markdown', source: 'words' }];
  expect(readNotebook(JSON.stringify(cells))?.parts).toEqual([
    { kind: 'code', language: 'python', text: 'df' },
    { kind: 'table', table: { cells: [['', 'lr'], ['0', '0.1']], rowsLeftOut: 0, columnsLeftOut: 0 } },
    { kind: 'markdown', text: 'words' },
  ]);
  expect(readNotebook('[{"cell_type": "code"}, 7]')).toBeNull();
  expect(readNotebook('["cell_type"]')).toBeNull();
});

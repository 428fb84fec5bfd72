import { describe, expect, it } from 'vitest';
import { parseNotebook } from './notebook.ts';

const notebook = (cells: unknown, more: Record<string, unknown> = {}) => parseNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { language_info: { name: 'python' } }, cells, ...more }));
const outputs = (...own: unknown[]) => {
  const [cell] = notebook([{ cell_type: 'code', source: 'x', execution_count: 3, outputs: own }])?.cells ?? [];
  return cell?.kind === 'code' ? cell.outputs : null;
};
const shown = (data: Record<string, unknown>) => outputs({ output_type: 'display_data', data })?.[0];

describe('a notebook', () => {
  it('is its cells: Markdown, code with its number, and text as it is', () => {
    expect(notebook([{ cell_type: 'markdown', source: ['# A\n', 'b'] }, { cell_type: 'code', source: ['x = 1\n', 'x'], execution_count: 2, outputs: [] }, { cell_type: 'raw', source: 'r' }])).toEqual({
      language: 'python', more: 0,
      cells: [{ kind: 'markdown', text: '# A\nb' }, { kind: 'code', text: 'x = 1\nx', count: 2, outputs: [] }, { kind: 'raw', text: 'r' }],
    });
    expect(notebook([], { metadata: { kernelspec: { language: 'julia' } } })?.language).toBe('julia');
  });
  it('tells what its code printed, and how it failed', () => {
    expect(outputs({ output_type: 'stream', name: 'stderr', text: ['a\n', 'b'] })).toEqual([{ kind: 'text', text: 'a\nb', isError: true }]);
    expect(outputs({ output_type: 'error', ename: 'ValueError', evalue: 'no', traceback: ['Traceback', 'ValueError: no'] })).toEqual([{ kind: 'text', text: 'Traceback\nValueError: no', isError: true }]);
    expect(outputs({ output_type: 'error', ename: 'ValueError', evalue: 'no', traceback: [] })).toEqual([{ kind: 'text', text: 'ValueError: no', isError: true }]);
  });
  it('shows of an output what says most', () => {
    expect(shown({ 'text/plain': '<Figure>', 'text/html': '<b>x</b>', 'image/png': 'iVBO\nRw0K\n' })).toEqual({ kind: 'image', src: 'data:image/png;base64,iVBORw0K' });
    expect(shown({ 'text/plain': 'x', 'text/html': ['<b>', 'x</b>'] })).toEqual({ kind: 'html', text: '<b>x</b>' });
    expect(shown({ 'text/plain': 'x' })).toEqual({ kind: 'text', text: 'x', isError: false });
    expect(shown({ 'image/svg+xml': '<svg onload="x()"/>' })).toEqual({ kind: 'image', src: 'data:image/svg+xml,%3Csvg%20onload%3D%22x()%22%2F%3E' });
    expect(shown({ 'application/json': { a: 1 } })).toEqual({ kind: 'text', text: '{\n  "a": 1\n}', isError: false });
  });
  it('takes no address for a picture', () => {
    expect(shown({ 'image/png': 'https://elsewhere.example/x.png', 'text/plain': 'x' })).toEqual({ kind: 'text', text: 'x', isError: false });
    expect(shown({ 'image/png': '" onerror="x()' })).toBeUndefined();
  });
  it('shows the first 500 cells and says how many are left', () => {
    expect(notebook(Array.from({ length: 503 }, () => ({ cell_type: 'raw', source: '' })))).toMatchObject({ more: 3 });
  });
});

describe('what is no notebook', () => {
  it.each(['', '{', '[]', 'null', '{"nbformat":4}', '{"nbformat":3,"worksheets":[]}', '{"nbformat":"4","cells":[]}'])('is none: %s', (text) => {
    expect(parseNotebook(text)).toBeNull();
  });
  it('and cells of another shape than they should have are empty ones', () => {
    expect(notebook([null, 7, { cell_type: 'code', source: 7, outputs: 'x', execution_count: 'y' }, { cell_type: 'code', outputs: [null, { output_type: 'stream' }] }])?.cells).toEqual([
      { kind: 'raw', text: '' }, { kind: 'raw', text: '' }, { kind: 'code', text: '', count: null, outputs: [] }, { kind: 'code', text: '', count: null, outputs: [{ kind: 'text', text: '', isError: false }] },
    ]);
  });
});

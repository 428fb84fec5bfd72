import type { JSONContent } from '@tiptap/core';

/** More rows than this are data, not a table to read: they belong into a file. */
export const MOST_ROWS = 200;
export const MOST_COLUMNS = 30;

export interface PastedTable {
  readonly cells: readonly (readonly string[])[];
  /** Rows and columns that were too many. */
  readonly rowsLeftOut: number;
  readonly columnsLeftOut: number;
}

/** What a spreadsheet puts on the clipboard as text: rows by line, cells by tab, quoted where a cell holds either. Null where the text is no table. */
export function readTable(text: string): PastedTable | null {
  if (!text.includes('\t')) return null;
  const rows = splitCells(text);
  const columns = rows[0]?.length ?? 0;
  if (columns < 2 || rows.some((row) => row.length !== columns)) return null;
  // Indented code: nothing before the first tab anywhere.
  if (rows.every((row) => row[0] === '')) return null;
  return bounded(rows);
}

/** The same of one column, which only the page beside the text tells from lines. */
export const readColumn = (text: string): PastedTable => bounded(splitCells(text));

export const bounded = (rows: readonly (readonly string[])[]): PastedTable => ({
  cells: rows.slice(0, MOST_ROWS).map((row) => row.slice(0, MOST_COLUMNS)),
  rowsLeftOut: Math.max(0, rows.length - MOST_ROWS),
  columnsLeftOut: Math.max(0, (rows[0]?.length ?? 0) - MOST_COLUMNS),
});

const CELL = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*)/y;

function splitCells(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at <= text.length) {
    CELL.lastIndex = at;
    const [whole = '', quoted, plain = ''] = CELL.exec(text) ?? [];
    rows.at(-1)?.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"').trim());
    at += whole.length;
    const gap = /\r\n|[\t\r\n]/y;
    gap.lastIndex = at;
    const found = gap.exec(text)?.[0];
    if (found === undefined) break;
    at += found.length;
    if (found !== '\t' && at < text.length) rows.push([]);
    else if (found !== '\t') break;
  }
  return rows;
}

const isNumber = (text: string): boolean => /^[-+\u2212]?[\d.,\s]*\d[\d.,\s]*%?(e[-+]?\d+)?$/i.test(text);

/** Names above numbers: then the first row is a head. Rows that are numbered have no name above their numbers. */
function hasHead([first, ...others]: PastedTable['cells']): boolean {
  if (first === undefined || others.length === 0) return false;
  return first.every((cell, at) => (cell === '' ? at === 0 && first.length > 1 : !isNumber(cell))) && others.some((row) => row.some(isNumber));
}

/** The table as a note keeps it. */
export function tableOf(table: PastedTable): JSONContent {
  const head = hasHead(table.cells);
  return {
    type: 'table',
    content: table.cells.map((row, index) => ({
      type: 'tableRow',
      content: row.map((cell) => ({ type: head && index === 0 && cell !== '' ? 'tableHeader' : 'tableCell', content: [paragraph(cell)] })),
    })),
  };
}

function paragraph(text: string): JSONContent {
  const lines = text.split(/\r?\n/);
  const content = lines.flatMap<JSONContent>((line, index) => [...(index > 0 ? [{ type: 'hardBreak' }] : []), ...(line === '' ? [] : [{ type: 'text', text: line }])]);
  return content.length === 0 ? { type: 'paragraph' } : { type: 'paragraph', content };
}

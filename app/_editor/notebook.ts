import { readHtmlTable } from './html-table.ts';
import type { PastedTable } from './pasted-table.ts';

/** One thing of a notebook, in the order it stood there. */
export type NotebookPart =
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'output'; readonly text: string }
  | { readonly kind: 'table'; readonly table: PastedTable }
  | { readonly kind: 'picture'; readonly name: string; readonly type: 'image/png' | 'image/jpeg'; readonly base64: string };

export interface Notebook {
  readonly parts: readonly NotebookPart[];
  /** Outputs that a note cannot show: widgets, scripts, pages. */
  readonly leftOut: number;
}

/** So much of one output is kept: a log belongs to the run. */
const MOST_OUTPUT = 8_000;
const MOST_CELLS = 1_000;

type Known = Readonly<Record<string, unknown>>;
const isKnown = (value: unknown): value is Known => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** Jupyter writes text as one string or as a list of lines. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : listOf(value).filter((one) => typeof one === 'string').join(''));

/** Reads a Jupyter notebook (nbformat 4), or some of its cells; null where the text is none. Nothing in it is trusted: HTML and scripts are left out, of its tables only the words are taken. */
export function readNotebook(text: string): Notebook | null {
  if (!/^\s*[{[]/.test(text) || !text.includes('"cell_type"')) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const cells = cellsIn(parsed);
  if (cells === null) return null;
  const language = languageOf(isKnown(parsed) ? parsed['metadata'] : null);
  const pictures = { count: 0 };
  const read = cells.slice(0, MOST_CELLS).filter(isKnown).map((cell) => readCell(cell, language, pictures));
  return { parts: read.flatMap(({ parts }) => parts), leftOut: read.reduce((sum, one) => sum + one.leftOut, 0) };
}

/** Of a whole notebook, or those that were copied out of one. */
function cellsIn(parsed: unknown): readonly unknown[] | null {
  if (isKnown(parsed)) return Array.isArray(parsed['cells']) && typeof parsed['nbformat'] === 'number' ? listOf(parsed['cells']) : null;
  return Array.isArray(parsed) && parsed.length > 0 && parsed.every((cell) => isKnown(cell) && typeof cell['cell_type'] === 'string') ? listOf(parsed) : null;
}

function languageOf(metadata: unknown): string {
  const of = (name: string, field: string): unknown => (isKnown(metadata) && isKnown(metadata[name]) ? metadata[name][field] : undefined);
  const found = of('language_info', 'name') ?? of('kernelspec', 'language');
  return typeof found === 'string' && /^[a-z][\w+#-]{0,20}$/i.test(found) ? found.toLowerCase().replace(/^(i?python)\d*$/, 'python') : 'python';
}

function readCell(cell: Known, language: string, pictures: { count: number }): Notebook {
  const text = textOf(cell['source']);
  if (cell['cell_type'] === 'markdown') {
    return { parts: [...written('markdown', text), ...Object.values(isKnown(cell['attachments']) ? cell['attachments'] : {}).flatMap((one) => pictureOf(one, pictures))], leftOut: 0 };
  }
  if (cell['cell_type'] === 'raw') return { parts: written('output', text), leftOut: 0 };
  const outputs = listOf(cell['outputs']).filter(isKnown).map((output) => readOutput(output, pictures));
  const code: readonly NotebookPart[] = text.trim() === '' ? [] : [{ kind: 'code', language, text: text.replace(/\n+$/, '') }];
  return { parts: [...code, ...joined(outputs.flat())], leftOut: outputs.filter((parts) => parts.length === 0).length };
}

function readOutput(output: Known, pictures: { count: number }): NotebookPart[] {
  if (output['output_type'] === 'stream') return written('output', textOf(output['text']));
  if (output['output_type'] === 'error') return written('output', textOf(listOf(output['traceback']).join('\n')) || `${textOf(output['ename'])}: ${textOf(output['evalue'])}`);
  const data = output['data'];
  if (!isKnown(data)) return [];
  const pictured = pictureOf(data, pictures);
  if (pictured.length > 0) return pictured;
  if (data['text/markdown'] !== undefined) return written('markdown', textOf(data['text/markdown']));
  const table = readHtmlTable(textOf(data['text/html']));
  if (table !== null) return [{ kind: 'table', table }];
  if (data['text/latex'] !== undefined) return written('markdown', textOf(data['text/latex']));
  return written('output', textOf(data['text/plain']));
}

function pictureOf(data: unknown, pictures: { count: number }): NotebookPart[] {
  if (!isKnown(data)) return [];
  for (const type of ['image/png', 'image/jpeg'] as const) {
    const base64 = textOf(data[type]).replaceAll(/\s/g, '');
    if (base64 === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) continue;
    pictures.count += 1;
    return [{ kind: 'picture', name: `figure ${pictures.count}.${type === 'image/png' ? 'png' : 'jpg'}`, type, base64 }];
  }
  return [];
}

// Terminal colours and moves, which a traceback is full of.
// oxlint-disable-next-line no-control-regex -- these characters are what is looked for
const TERMINAL = /\u001B\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000B-\u001F\u007F]/g;

function written(kind: 'markdown' | 'output', text: string): NotebookPart[] {
  const clean = text.replaceAll('\r\n', '\n').replaceAll(TERMINAL, '').replace(/\s+$/, '');
  if (clean.trim() === '') return [];
  if (kind === 'markdown' || clean.length <= MOST_OUTPUT) return [{ kind, text: clean }];
  return [{ kind, text: `${clean.slice(0, MOST_OUTPUT)}\n… ${(clean.length - MOST_OUTPUT).toLocaleString('en-US')} more characters were left out` }];
}

/** What a cell printed in several goes is one output. */
function joined(parts: readonly NotebookPart[]): NotebookPart[] {
  const result: NotebookPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.kind === 'output' && last?.kind === 'output') result.splice(-1, 1, { kind: 'output', text: `${last.text}\n${part.text}` });
    else result.push(part);
  }
  return result;
}

/** A Jupyter notebook (nbformat 4) as far as it is shown. */
export interface Notebook {
  readonly language: string;
  readonly cells: readonly NotebookCell[];
  /** Cells beyond those. */
  readonly more: number;
}

export type NotebookCell =
  | { readonly kind: 'markdown' | 'raw'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string; readonly count: number | null; readonly outputs: readonly NotebookOutput[] };

export type NotebookOutput =
  | { readonly kind: 'text'; readonly text: string; readonly isError: boolean }
  /** An address that holds the picture itself. */
  | { readonly kind: 'image'; readonly src: string }
  | { readonly kind: 'html' | 'markdown'; readonly text: string };

const MOST_CELLS = 500;
const MOST_OUTPUTS = 50;
const MOST_CHARACTERS = 100_000;

type Fields = Readonly<Record<string, unknown>>;

/** Reads a notebook; null for what is none: it is somebody's file, so nothing in it is believed to have a shape. */
export function parseNotebook(text: string): Notebook | null {
  const value = fieldsOf(parsed(text));
  if (typeof value['nbformat'] !== 'number' || value['nbformat'] < 4 || !Array.isArray(value['cells'])) return null;
  const metadata = fieldsOf(value['metadata']);
  const language = fieldsOf(metadata['language_info'])['name'] ?? fieldsOf(metadata['kernelspec'])['language'];
  const cells: readonly unknown[] = value['cells'];
  return { language: typeof language === 'string' ? language : 'python', cells: cells.slice(0, MOST_CELLS).map(cellOf), more: Math.max(0, cells.length - MOST_CELLS) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : {});

/** Text is one string, or a list of lines that keep their ends. */
function textOf(value: unknown): string {
  const text = Array.isArray(value) ? value.filter((part) => typeof part === 'string').join('') : value;
  return typeof text === 'string' ? text.slice(0, MOST_CHARACTERS) : '';
}

function cellOf(value: unknown): NotebookCell {
  const cell = fieldsOf(value);
  const text = textOf(cell['source']);
  if (cell['cell_type'] !== 'code') return { kind: cell['cell_type'] === 'markdown' ? 'markdown' : 'raw', text };
  const outputs: readonly unknown[] = Array.isArray(cell['outputs']) ? cell['outputs'] : [];
  return { kind: 'code', text, count: typeof cell['execution_count'] === 'number' ? cell['execution_count'] : null, outputs: outputs.slice(0, MOST_OUTPUTS).flatMap((output) => outputOf(fieldsOf(output)) ?? []) };
}

function outputOf(output: Fields): NotebookOutput | null {
  switch (output['output_type']) {
    case 'stream': return { kind: 'text', text: textOf(output['text']), isError: output['name'] === 'stderr' };
    case 'error': return { kind: 'text', text: textOf(output['traceback']) === '' ? `${textOf(output['ename'])}: ${textOf(output['evalue'])}` : lines(output['traceback']), isError: true };
    case 'display_data': case 'execute_result': return richest(fieldsOf(output['data']));
    default: return null;
  }
}

/** Lines of a traceback come without their ends. */
const lines = (value: unknown): string => (Array.isArray(value) ? textOf(value.filter((part) => typeof part === 'string').join('\n')) : textOf(value));

const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

/** Of what an output offers, what says most. */
function richest(data: Fields): NotebookOutput | null {
  const picture = PICTURES.map((type) => pictureOf(type, data[type])).find((each) => each !== null) ?? drawing(data['image/svg+xml']);
  if (picture) return picture;
  if (data['text/html'] !== undefined) return { kind: 'html', text: textOf(data['text/html']) };
  if (data['text/markdown'] !== undefined) return { kind: 'markdown', text: textOf(data['text/markdown']) };
  if (data['text/plain'] !== undefined) return { kind: 'text', text: textOf(data['text/plain']), isError: false };
  return data['application/json'] === undefined ? null : { kind: 'text', text: JSON.stringify(data['application/json'], null, 2).slice(0, MOST_CHARACTERS), isError: false };
}

/** Pictures are not cut: half of one is none. */
function pictureOf(type: string, value: unknown): NotebookOutput | null {
  const text = (Array.isArray(value) ? value.join('') : typeof value === 'string' ? value : '').replaceAll(/\s/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? { kind: 'image', src: `data:${type};base64,${text}` } : null;
}

/** A drawing as a picture, in which no script runs and nothing is fetched. */
function drawing(value: unknown): NotebookOutput | null {
  const text = Array.isArray(value) ? value.join('') : typeof value === 'string' ? value : '';
  return text === '' ? null : { kind: 'image', src: `data:image/svg+xml,${encodeURIComponent(text)}` };
}

import { endOf, isTextFile } from '../../../domain/artifacts/text-file.ts';
import type { BinaryForm } from './binary-table.ts';

export type PreviewKind = 'image' | 'audio' | 'video' | 'markdown' | 'html' | 'table' | BinaryForm | 'notebook' | 'json' | 'text' | 'none';

const BY_EXTENSION: Readonly<Record<string, PreviewKind>> = {
  png: 'image', jpg: 'image', jpeg: 'image', gif: 'image', webp: 'image', avif: 'image', svg: 'image',
  md: 'markdown', markdown: 'markdown', html: 'html', htm: 'html', csv: 'table', tsv: 'table', json: 'json', geojson: 'json', ipynb: 'notebook',
  wav: 'audio', mp3: 'audio', ogg: 'audio', oga: 'audio', opus: 'audio', flac: 'audio', m4a: 'audio', aac: 'audio', weba: 'audio', mp4: 'video', m4v: 'video', webm: 'video', mov: 'video', ogv: 'video',
  parquet: 'parquet', pq: 'parquet', arrow: 'arrow', arrows: 'arrow', feather: 'arrow',
};

const BY_MEDIA_TYPE = [['image/', 'image'], ['audio/', 'audio'], ['video/', 'video'], ['text/', 'text']] as const satisfies readonly (readonly [string, PreviewKind])[];

/** Text beyond this many bytes is shown in part; the file itself is one click away. */
export const PREVIEW_BYTES = 512 * 1024;

/** How a file is shown, judged by its name first: the media type a client sends is often only a guess. */
export function previewKind(path: string, mediaType: string | null): PreviewKind {
  const byName = BY_EXTENSION[endOf(path) ?? ''];
  if (byName !== undefined) return byName;
  if (isTextFile(path)) return 'text';
  return BY_MEDIA_TYPE.find(([start]) => mediaType?.startsWith(start))?.[1] ?? 'none';
}

/** Paths that look like what a console said. */
export function isConsoleOutput(path: string): boolean {
  return /(^|\/)(stdout|stderr|output|console|train|training|log|logs|run)?[^/]*\.(log|out|err)$|(^|\/)(stdout|stderr|console|output)(\.txt)?$/i.test(path);
}

/** Rows of comma- or tab-separated text, quotes understood (RFC 4180); at most `most` rows. */
export function parseTable(text: string, most = 200): string[][] {
  const separator = text.slice(0, text.search(/$/m)).includes('\t') ? '\t' : ',';
  const rows: string[][] = [];
  let row: string[] = [];
  for (const field of fieldsOf(text, separator)) {
    row.push(field.text);
    if (!field.endsRow) continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    if (rows.length >= most) break;
    row = [];
  }
  return rows;
}

function* fieldsOf(text: string, separator: string): Generator<{ readonly text: string; readonly endsRow: boolean }> {
  const field = new RegExp(`("(?:[^"]|"")*"|[^${separator}\\n\\r]*)(${separator}|\\r?\\n|\\r|$)`, 'y');
  while (field.lastIndex < text.length) {
    const found = field.exec(text);
    // Text after a closing quote fits no rule: stop rather than read on in the wrong place.
    if (found === null) return;
    const [, raw = '', end = ''] = found;
    yield { text: /^".*"$/s.test(raw) ? raw.slice(1, -1).replaceAll('""', '"') : raw, endsRow: end !== separator };
    // A separator at the very end still opens one more, empty, field.
    if (end === separator && field.lastIndex === text.length) yield { text: '', endsRow: true };
  }
}

/** MLflow's log_table writes {"columns": […], "data": [[…], …]}; null for any other JSON. */
export function tableOfJson(value: unknown): { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] } | null {
  if (typeof value !== 'object' || value === null || !('columns' in value) || !('data' in value)) return null;
  const { columns, data } = value;
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every((row) => Array.isArray(row))) return null;
  return { columns: columns.map(String), rows: data as unknown[][] };
}

'use client';

import { useEffect, useMemo, useState } from 'react';
import { Markdown } from '../../_editor/markdown.tsx';
import { formatBytes } from '../../_ui/numbers.ts';
import { ErrorNote, Loading } from '../../_ui/waiting.tsx';
import { parseTable, PREVIEW_BYTES, previewKind, tableOfJson, type PreviewKind } from './artifact-kind.ts';
import type { ArtifactItem } from './run-documents.ts';

/** A file as it is: pictures, tables, text, Markdown; HTML in a frame that may run nothing and ask nobody. */
export function ArtifactPreview({ file }: { readonly file: ArtifactItem }) {
  const kind = previewKind(file.path, file.mediaType);
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  return (
    <div>
      <div className="fig-h">
        <b className="mono tr" title={file.path}>{name}</b>
        {file.size !== null && <span>{formatBytes(file.size)}</span>}
        <span className="sp" />
        {file.url !== null && <a className="lk" href={file.url} download={name}>Download</a>}
      </div>
      <div className="preview">
        {file.url === null || kind === 'none'
          ? <p className="text-ink-3 p-4">There is no preview for this kind of file.</p>
          : kind === 'image'
            ? <img src={file.url} alt={`Artifact ${file.path}`} />
            : <TextPreview key={file.url} url={file.url} kind={kind} path={file.path} size={file.size} />}
      </div>
      {file.sha256 !== null && <p className="hint mt-2">SHA-256 <span className="mono" style={{ overflowWrap: 'anywhere' }}>{file.sha256}</span></p>}
    </div>
  );
}

type Reading = { readonly state: 'loading' } | { readonly state: 'failed'; readonly why: string } | { readonly state: 'read'; readonly text: string; readonly cut: boolean };

/** Reads at most half a megabyte and stops the download there. */
export function useFileText(url: string): Reading {
  const [reading, setReading] = useState<Reading>({ state: 'loading' });
  useEffect(() => {
    const stop = new AbortController();
    readStart(url, stop.signal).then(
      (read) => setReading({ state: 'read', ...read }),
      (problem: unknown) => {
        if (!stop.signal.aborted) setReading({ state: 'failed', why: problem instanceof Error ? problem.message : 'The file could not be read.' });
      },
    );
    return () => stop.abort();
  }, [url]);
  return reading;
}

async function readStart(url: string, signal: AbortSignal): Promise<{ text: string; cut: boolean }> {
  const response = await fetch(url, { signal, credentials: 'same-origin' });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const reader = response.body?.getReader();
  if (reader === undefined) return { text: await response.text(), cut: false };
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), cut: false };
    bytes += value.length;
    text += decoder.decode(value, { stream: true });
    if (bytes >= PREVIEW_BYTES) {
      await reader.cancel();
      return { text, cut: true };
    }
  }
}

function TextPreview({ url, kind, path, size }: { readonly url: string; readonly kind: PreviewKind; readonly path: string; readonly size: number | null }) {
  const reading = useFileText(url);
  if (reading.state === 'loading') return <div className="p-4"><Loading label={`Reading ${path}`} /></div>;
  if (reading.state === 'failed') return <div className="p-4"><ErrorNote title="This file could not be shown.">{reading.why}</ErrorNote></div>;
  return (
    <>
      <Shown kind={kind} text={reading.text} path={path} />
      {reading.cut && <p className="hint p-2">The first {formatBytes(PREVIEW_BYTES)}{size === null ? '' : ` of ${formatBytes(size)}`}. Download the file for the rest.</p>}
    </>
  );
}

function Shown({ kind, text, path }: { readonly kind: PreviewKind; readonly text: string; readonly path: string }) {
  if (kind === 'markdown') return <div className="p-4"><Markdown text={text} /></div>;
  // An empty sandbox: no scripts, no forms, no top navigation, an origin of its own.
  if (kind === 'html') return <iframe sandbox="" srcDoc={text} title={`Artifact ${path}`} />;
  if (kind === 'table') return <CsvTable text={text} path={path} />;
  if (kind === 'json') return <JsonShown text={text} path={path} />;
  return <pre className="con wrapped" tabIndex={0} role="region" aria-label={path}>{text}</pre>;
}

function CsvTable({ text, path }: { readonly text: string; readonly path: string }) {
  const [head, ...rows] = useMemo(() => parseTable(text), [text]);
  return <Rows columns={head ?? []} rows={rows} path={path} />;
}

function JsonShown({ text, path }: { readonly text: string; readonly path: string }) {
  const parsed = useMemo(() => {
    try {
      const value: unknown = JSON.parse(text);
      return { table: tableOfJson(value), pretty: JSON.stringify(value, null, 2) };
    } catch {
      // Cut off, or not JSON after all: the text is still worth reading.
      return { table: null, pretty: text };
    }
  }, [text]);
  if (parsed.table !== null) return <Rows columns={parsed.table.columns} rows={parsed.table.rows.slice(0, 200)} path={path} />;
  return <pre className="con wrapped" tabIndex={0} role="region" aria-label={path}>{parsed.pretty}</pre>;
}

function Rows({ columns, rows, path }: { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[]; readonly path: string }) {
  const isNumber = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && value !== '' && Number.isFinite(Number(value)));
  const numeric = columns.map((_, column) => rows.length > 0 && rows.every((row) => isNumber(row[column]) || row[column] === '' || row[column] === null));
  return (
    <div className="tw" tabIndex={0} role="region" aria-label={`Table ${path}`}>
      <table className="tb compact">
        <thead><tr>{columns.map((column, index) => <th key={`${index}${column}`} className={numeric[index] ? 'num' : undefined}>{column}</th>)}</tr></thead>
        <tbody>{rows.map((row, at) => <tr key={at}>{columns.map((column, index) => <td key={`${index}${column}`} className={numeric[index] ? 'num' : 'mono text-12'}>{cellText(row[index])}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

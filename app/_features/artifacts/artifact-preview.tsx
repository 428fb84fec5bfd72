'use client';

import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { Markdown } from '../../_editor/markdown.tsx';
import { removedSentence } from '../../../domain/artifacts/file-rule.ts';
import { formatBytes } from '../../_ui/numbers.ts';
import { ErrorNote, Loading } from '../../_ui/waiting.tsx';
import type { ArtifactItem } from '../runs/run-documents.ts';
import { parseTable, PREVIEW_BYTES, previewKind, tableOfJson, type PreviewKind } from './artifact-kind.ts';
import { CodeFile, type FileTalk } from './code-file.tsx';
import { TableRows } from './table-rows.tsx';
import { useFileText } from './use-file-text.ts';

/** Kinds that are drawn as what they mean; their lines can be looked at all the same. */
const DRAWN: ReadonlySet<PreviewKind> = new Set(['markdown', 'html', 'table', 'notebook']);
/** Pictures lie in a notebook, so it is read further than other text. */
const NOTEBOOK_BYTES = 16 * 1024 * 1024;

// Fetched when such a file is opened.
const BinaryTableShown = lazy(() => import('./binary-table-shown.tsx').then((module) => ({ default: module.BinaryTableShown })));
const NotebookShown = lazy(() => import('./notebook-shown.tsx').then((module) => ({ default: module.NotebookShown })));

/** A file as it is: pictures, sound, tables, notebooks, code line by line, Markdown; HTML in a frame that may run nothing and ask nobody. */
export function ArtifactPreview({ file, talk }: { readonly file: ArtifactItem; readonly talk: FileTalk }) {
  const kind = previewKind(file.path, file.mediaType);
  const drawn = DRAWN.has(kind);
  const [asLines, setAsLines] = useState(drawn && talk.line !== null);
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  return (
    <div>
      <div className="fig-h">
        <b className="mono tr" title={file.path}>{name}</b>
        {file.size !== null && <span>{formatBytes(file.size)}</span>}
        <span className="sp" />
        {drawn && <button type="button" className="btn bare sm" aria-pressed={asLines} onClick={() => setAsLines(!asLines)}>Lines</button>}
        {file.url !== null && <a className="lk" href={file.url} download={name}>Download</a>}
      </div>
      <div className="preview">
        <FileShown file={file} kind={asLines ? 'text' : kind} talk={talk} />
      </div>
      {file.sha256 !== null && <p className="hint mt-2">SHA-256 <span className="mono" style={{ overflowWrap: 'anywhere' }}>{file.sha256}</span></p>}
    </div>
  );
}

function FileShown({ file, kind, talk }: { readonly file: ArtifactItem; readonly kind: PreviewKind; readonly talk: FileTalk }) {
  const { url, path, size, removedAt } = file;
  if (removedAt !== null) return <p className="text-ink-3 p-4">{removedSentence({ removedAt: new Date(removedAt), size: size ?? 0 })}</p>;
  if (url === null || kind === 'none') return <p className="text-ink-3 p-4">There is no preview for this kind of file.</p>;
  if (kind === 'image') return <img src={url} alt={`Artifact ${path}`} />;
  if (kind === 'audio') return <audio controls preload="metadata" src={url} aria-label={`Artifact ${path}`} />;
  if (kind === 'video') return <video controls preload="metadata" src={url} aria-label={`Artifact ${path}`} />;
  if (kind === 'parquet' || kind === 'arrow') return <Suspense fallback={<Waiting path={path} />}><BinaryTableShown url={url} size={size ?? 0} form={kind} path={path} /></Suspense>;
  return <TextPreview url={url} kind={kind} file={file} talk={talk} />;
}

const Waiting = ({ path }: { readonly path: string }) => <div className="p-4"><Loading label={`Reading ${path}`} /></div>;

function TextPreview({ url, kind, file: { path, size, sha256 }, talk }: { readonly url: string; readonly kind: PreviewKind; readonly file: ArtifactItem; readonly talk: FileTalk }) {
  const most = kind === 'notebook' ? NOTEBOOK_BYTES : PREVIEW_BYTES;
  const reading = useFileText(url, sha256, most);
  if (reading.state === 'loading') return <Waiting path={path} />;
  if (reading.state === 'failed') return <div className="p-4"><ErrorNote title="This file could not be shown.">{reading.why}</ErrorNote></div>;
  return (
    <>
      <Shown kind={kind} reading={reading} path={path} talk={talk} />
      {reading.cut && <p className="hint p-2">The first {formatBytes(most)}{size === null ? '' : ` of ${formatBytes(size)}`}. Download the file for the rest.</p>}
    </>
  );
}

function Shown({ kind, reading: { text, cut }, path, talk }: { readonly kind: PreviewKind; readonly reading: { readonly text: string; readonly cut: boolean }; readonly path: string; readonly talk: FileTalk }) {
  if (kind === 'markdown') return <div className="p-4"><Markdown text={text} /></div>;
  // An empty sandbox: no scripts, no forms, no top navigation, an origin of its own.
  if (kind === 'html') return <iframe sandbox="" srcDoc={text} title={`Artifact ${path}`} />;
  if (kind === 'table') return <CsvTable text={text} path={path} />;
  if (kind === 'notebook') return <Suspense fallback={<Waiting path={path} />}><NotebookShown text={text} path={path} otherwise={<CodeFile path={path} text={text.slice(0, PREVIEW_BYTES)} cut={cut || text.length > PREVIEW_BYTES} talk={talk} />} /></Suspense>;
  if (kind === 'json') return <JsonShown text={text} path={path} lines={<CodeFile path={path} text={text} cut={cut} talk={talk} />} />;
  return <CodeFile path={path} text={text} cut={cut} talk={talk} />;
}

function CsvTable({ text, path }: { readonly text: string; readonly path: string }) {
  const [head, ...rows] = useMemo(() => parseTable(text), [text]);
  return <TableRows columns={head ?? []} rows={rows} path={path} />;
}

/** A table where it is one, laid out where it is all on one line; what has lines of its own is shown by them. */
function JsonShown({ text, path, lines }: { readonly text: string; readonly path: string; readonly lines: ReactNode }) {
  const parsed = useMemo(() => {
    try {
      const value: unknown = JSON.parse(text);
      return { table: tableOfJson(value), pretty: JSON.stringify(value, null, 2) };
    } catch {
      // Cut off, or not JSON after all: the text is still worth reading.
      return { table: null, pretty: text };
    }
  }, [text]);
  if (parsed.table !== null) return <TableRows columns={parsed.table.columns} rows={parsed.table.rows.slice(0, 200)} path={path} />;
  if (text.trim().includes('\n')) return lines;
  return <pre className="con wrapped" tabIndex={0} role="region" aria-label={path}>{parsed.pretty}</pre>;
}

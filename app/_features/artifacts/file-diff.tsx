'use client';

import { useEffect, useMemo, useState } from 'react';
import { quoteOf } from '../../../domain/artifacts/quoted-line.ts';
import { formatBytes } from '../../_ui/numbers.ts';
import { ErrorNote, Loading } from '../../_ui/waiting.tsx';
import { PREVIEW_BYTES } from './artifact-kind.ts';
import { CodeHint, CodeLines } from './code-lines.tsx';
import type { CodeRow, LineAt } from './code-row.ts';
import type * as DiffRows from './diff-rows.ts';
import { linePins, type LinePin, type TalkedAbout } from './line-pins.ts';
import { useCodeText, useColours, type CodeText } from './use-code.ts';
import { useFileText } from './use-file-text.ts';

/** A run's file on one side of a difference. */
export interface DiffSide {
  readonly run: string;
  readonly name: string;
  /** Null where the run has no such file. */
  readonly url: string | null;
  readonly sha256: string | null;
}

interface FileDiffProps {
  readonly path: string;
  readonly before: DiffSide;
  readonly after: DiffSide;
  readonly threads: readonly TalkedAbout[];
  /** Absent for who may not comment. */
  readonly onComment: ((place: { readonly run: string; readonly line: number; readonly quote: string }) => void) | undefined;
}

/** A file of one run against that of another, line by line; each line is talked about in the run that has it. */
export function FileDiff(props: FileDiffProps) {
  const { before, after, path } = props;
  const [old, now] = [useFileText(before.url, before.sha256), useFileText(after.url, after.sha256)];
  const failed = [old, now].find((reading) => reading.state === 'failed');
  if (failed?.state === 'failed') return <ErrorNote title="This file could not be compared.">{failed.why}</ErrorNote>;
  if (old.state !== 'read' || now.state !== 'read') return <Loading rows={6} label={`Reading ${path}`} />;
  return (
    <>
      <DiffShown {...props} old={old} now={now} />
      {(old.cut || now.cut) && <p className="hint mt-2">Only the first {formatBytes(PREVIEW_BYTES)} of each file were compared, so its end may seem to differ.</p>}
    </>
  );
}

interface ReadText {
  readonly text: string;
  readonly cut: boolean;
}

type Parts = typeof DiffRows;

/** What tells the difference, fetched when there is one to be shown. */
function useDiffing(): Parts | null {
  const [parts, setParts] = useState<Parts | null>(null);
  useEffect(() => {
    let current = true;
    void import('./diff-rows.ts').then((read) => { if (current) setParts(read); });
    return () => { current = false; };
  }, []);
  return parts;
}

const COLUMNS = ['line before', 'line after'];
const NONE: readonly never[] = [];
const NO_PINS: readonly LinePin[] = [];

function DiffShown({ path, before, after, threads, onComment, old, now }: FileDiffProps & { readonly old: ReadText; readonly now: ReadText }) {
  const diffing = useDiffing();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [left, right] = [useCodeText(old), useCodeText(now)];
  const colours = [useColours(old.text, path), useColours(now.text, path)];
  const pins = [usePins(threads, { path, run: before.run, code: left, cut: old.cut }), usePins(threads, { path, run: after.run, code: right, cut: now.cut })];
  const pinsAt = (at: LineAt | null): readonly LinePin[] => (at === null ? NO_PINS : (pins[at.file]?.get(at.line) ?? NO_PINS));
  const pinsOf = ({ at, also }: CodeRow): readonly LinePin[] => {
    const [own, others] = [pinsAt(at), pinsAt(also)];
    return others.length === 0 ? own : [...own, ...others];
  };
  const all = useMemo(() => diffing?.diffRows(left.lines, right.lines) ?? null, [diffing, left, right]);
  if (diffing === null || all === null) return <Loading rows={6} label={`Comparing ${path}`} />;
  if (all.every(({ kind }) => kind === 'same')) return <p className="text-ink-3">{before.sha256 === after.sha256 ? 'The two files are the same.' : 'All lines are the same; only how they end differs.'}</p>;
  const rows = diffing.foldRows(all, { keep: (row) => pinsOf(row).length > 0, opened });
  const [names, texts, runs] = [[before.name, after.name], [left, right], [before.run, after.run]];
  const unfold = (row: CodeRow): void => { if (diffing.isFold(row)) setOpened(new Set([...opened, row.from])); };
  return (
    <>
      <CodeLines
        label={`Differences in ${path}`} rows={rows} columns={COLUMNS} colours={({ file, line }) => colours[file]?.[line - 1] ?? NONE} pins={pinsOf}
        nameOf={({ file, line }) => `line ${line} of ${names[file] ?? ''}`}
        onComment={onComment === undefined ? undefined : ({ file, line }) => onComment({ run: runs[file] ?? '', line, quote: quoteOf(texts[file]?.lines[line - 1] ?? '') })}
        onUnfold={unfold}
      />
      <CodeHint mayComment={onComment !== undefined} />
    </>
  );
}

const usePins = (threads: readonly TalkedAbout[], { path, run, code, cut }: { readonly path: string; readonly run: string; readonly code: CodeText; readonly cut: boolean }) =>
  useMemo(() => linePins(threads, { path, run, lines: code.lines, cut }, null), [threads, path, run, code, cut]);

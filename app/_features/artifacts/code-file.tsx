'use client';

import { useCallback, useMemo } from 'react';
import { quoteOf } from '../../../domain/artifacts/quoted-line.ts';
import { CodeHint, CodeLines } from './code-lines.tsx';
import { plainRows, type CodeRow, type LineAt } from './code-row.ts';
import { linePins, type LinePin, type TalkedAbout } from './line-pins.ts';
import { isPatch, patchRows } from './patch-rows.ts';
import { useCodeText, useColours } from './use-code.ts';

/** What is said about the lines of a run's files. */
export interface FileTalk {
  readonly run: string;
  readonly threads: readonly TalkedAbout[];
  /** Absent for who may not comment. */
  readonly onComment: ((line: number, quote: string) => void) | undefined;
  /** The line that the address leads to. */
  readonly line: number | null;
}

interface CodeFileProps {
  readonly path: string;
  readonly text: string;
  /** Whether the file goes on. */
  readonly cut: boolean;
  readonly talk: FileTalk;
}

const LINE = ['line'];
const PATCH = ['line', 'line before', 'line after'];
const NONE: readonly LinePin[] = [];

/** A text or code file line by line, a patch as the difference it is; each line can be talked about. */
export function CodeFile({ path, text, cut, talk }: CodeFileProps) {
  const { run, threads, onComment, line: start } = talk;
  const { lines } = useCodeText({ text, cut });
  const patch = isPatch(path);
  const rows = useMemo(() => (patch ? patchRows(lines) : plainRows(lines)), [patch, lines]);
  const colours = useColours(text, patch ? '' : path);
  const pins = useMemo(() => linePins(threads, { path, run, lines, cut }, run), [threads, path, run, lines, cut]);
  const comment = useCallback(({ line }: LineAt) => onComment?.(line, quoteOf(lines[line - 1] ?? '')), [onComment, lines]);
  if (lines.length === 0) return <p className="text-ink-3 p-4">This file is empty.</p>;
  return (
    <>
      <CodeLines
        label={`Lines of ${path}`} rows={rows} columns={patch ? PATCH : LINE} colours={({ line }) => colours[line - 1] ?? NONE_COLOURED} pins={({ at }: CodeRow) => pins.get(at?.line ?? 0) ?? NONE}
        nameOf={lineName} onComment={onComment === undefined ? undefined : comment} start={start === null ? -1 : Math.min(start, lines.length) - 1}
      />
      <CodeHint mayComment={onComment !== undefined} />
    </>
  );
}

const NONE_COLOURED: readonly never[] = [];
const lineName = ({ line }: LineAt): string => `line ${line}`;

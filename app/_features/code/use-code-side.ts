'use client';

import { useMemo } from 'react';
import { readPatch, type ReadPatch } from '../../../domain/code/patch.ts';
import type { Beside, CodeSide } from '../../../domain/code/touched.ts';
import { formatBytes } from '../../_ui/numbers.ts';
import { useFileText, type Reading } from '../artifacts/use-file-text.ts';
import type { CodeCapture, CodeRun } from './code-documents.ts';
import { lacksOf } from './code-lacks.ts';

/** Uncommitted changes beyond this are told in part: nobody reads through them. */
const MOST_BYTES = 2_000_000;

/** A file that lay beside the commit; no address while it has not arrived. */
export interface BesideFile extends Beside {
  readonly bytes: number;
  readonly url: string | null;
}

/** The code of a run as far as it was kept, or null while it is read; and what of it was not. */
export interface ReadSide {
  readonly side: CodeSide<BesideFile> | null;
  readonly lacks: readonly string[];
}

const NO_PATCH: ReadPatch = { files: [], cut: false };

export function useCodeSide(run: CodeRun | null): ReadSide {
  const code = run?.capture?.code ?? null;
  const file = code?.diff?.file ?? null;
  const reading = useFileText(file?.url ?? null, file?.sha256 ?? null, MOST_BYTES);
  const text = reading.state === 'read' ? reading.text : '';
  const patch = useMemo(() => (text === '' ? NO_PATCH : readPatch(text)), [text]);
  return useMemo(() => {
    if (run === null || reading.state === 'loading') return { side: null, lacks: [] };
    return { side: { commit: run.codeVersion?.commit ?? null, patch: patch.files, untracked: besideIn(code) }, lacks: [...unread(reading, patch), ...lacksOf(run)] };
  }, [run, code, reading, patch]);
}

const besideIn = (code: CodeCapture | null): readonly BesideFile[] => (code?.untracked ?? []).map(({ path, sha256, bytes, file }) => ({ path, sha256, bytes, url: file?.url ?? null }));

function unread(reading: Reading, { cut }: ReadPatch): readonly string[] {
  if (reading.state === 'failed') return [`The uncommitted changes could not be read: ${reading.why}`];
  return cut || (reading.state === 'read' && reading.cut) ? [`Of the uncommitted changes only the first ${formatBytes(MOST_BYTES)} were read.`] : [];
}

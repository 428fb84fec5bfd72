'use client';

import { useMemo } from 'react';
import { readPatch, type ReadPatch } from '../../../domain/code/patch.ts';
import type { Beside, CodeSide } from '../../../domain/code/touched.ts';
import { count, formatBytes } from '../../_ui/numbers.ts';
import { useFileText } from '../artifacts/use-file-text.ts';
import type { CodeRun } from './code-documents.ts';

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
  const reading = useFileText(code?.diff?.file?.url ?? null, code?.diff?.file?.sha256 ?? null, MOST_BYTES);
  const text = reading.state === 'read' ? reading.text : null;
  const patch = useMemo(() => (text === null || text === '' ? NO_PATCH : readPatch(text)), [text]);
  return useMemo(() => {
    if (run === null || reading.state === 'loading') return { side: null, lacks: [] };
    const untracked = (code?.untracked ?? []).map(({ path, sha256, bytes, file }) => ({ path, sha256, bytes, url: file?.url ?? null }));
    const failed = reading.state === 'failed' ? [`The uncommitted changes could not be read: ${reading.why}`] : [];
    const cut = patch.cut || (reading.state === 'read' && reading.cut) ? [`Of the uncommitted changes only the first ${formatBytes(MOST_BYTES)} were read.`] : [];
    return { side: { commit: run.codeVersion?.commit ?? null, patch: patch.files, untracked }, lacks: [...failed, ...cut, ...lacksOf(run)] };
  }, [run, code, reading, patch]);
}

/** What is not known of the code, in sentences. */
function lacksOf({ codeVersion, capture }: CodeRun): readonly string[] {
  const code = capture?.code ?? null;
  if (code === null) return [codeVersion?.dirty === true ? 'Nobody captured it: it had uncommitted changes, and what they were is not known.' : 'Nobody captured it: only what its client said of git is known.'];
  const { diff, untracked, leftOut, submodules } = code;
  return [
    ...(codeVersion?.dirty === true && diff === null && untracked.length === 0 && submodules.every(({ dirty }) => !dirty) ? ['It had uncommitted changes that were not kept.'] : []),
    ...(diff !== null && diff.file === null ? ['Its uncommitted changes have not arrived yet.'] : []),
    ...(diff?.file != null && diff.file.sha256 !== diff.sha256 ? ['The file of its changes was written over since: it is not the one that was captured.'] : []),
    ...(diff !== null && diff.masked > 0 ? [`${count(diff.masked, 'secret')} in its changes ${diff.masked === 1 ? 'is' : 'are'} masked, so those lines are not what ran.`] : []),
    ...(leftOut.length > 0 ? [`${count(leftOut.length, 'file')} beside it ${leftOut.length === 1 ? 'was' : 'were'} seen and not kept.`] : []),
    ...submodules.filter(({ dirty }) => dirty).map(({ path }) => `The submodule ${path} had changes of its own, which are not kept.`),
  ];
}

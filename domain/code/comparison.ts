import type { CapturedCode, SourceFile } from '../runs/capture.ts';

export const FILE_CHANGES = ['ADDED', 'REMOVED', 'CHANGED'] as const;
export type FileChange = (typeof FILE_CHANGES)[number];

export interface FunctionChange {
  /** Qualified: "Trainer.fit". */
  readonly name: string;
  readonly change: FileChange;
}

/** A source file that is another one on the other side, by the hashes that both captures have. */
export interface ChangedFile {
  readonly path: string;
  readonly change: FileChange;
  /** It is written otherwise and means the same: comments, docstrings, blanks. */
  readonly formOnly: boolean;
  readonly functions: readonly FunctionChange[];
}

export interface ComparedFiles {
  /** By path. */
  readonly changed: readonly ChangedFile[];
  /** Paths of those that are the same, byte for byte. */
  readonly same: readonly string[];
  /** Whether both captures name all their source files, so that what one of them lacks was not there. */
  readonly complete: boolean;
}

/** A capture names no more source files than this. */
const MOST_CAPTURED = 2_000;

/** Source files of two captures, by their hashes. Of a capture that names only some, a file that is missing may have been there, and is not said to have come or gone. */
export function compareFiles(from: Pick<CapturedCode, 'files'>, to: Pick<CapturedCode, 'files'>): ComparedFiles {
  const [before, after] = [byPath(from.files), byPath(to.files)];
  const complete = [before, after].every(({ size }) => size > 0 && size < MOST_CAPTURED);
  const changed: ChangedFile[] = [];
  const same: string[] = [];
  for (const path of [...new Set([...before.keys(), ...after.keys()])].toSorted((a, b) => (a < b ? -1 : 1))) {
    const [was, is] = [before.get(path), after.get(path)];
    if (was !== undefined && is !== undefined) {
      if (contentOf(was) !== contentOf(is)) changed.push({ path, change: 'CHANGED', formOnly: meansTheSame(was, is), functions: functionChanges(was, is) });
      else if (contentOf(was) !== null) same.push(path);
    } else if (complete) changed.push({ path, change: was === undefined ? 'ADDED' : 'REMOVED', formOnly: false, functions: [] });
  }
  return { changed, same, complete };
}

const byPath = (files: readonly SourceFile[]): ReadonlyMap<string, SourceFile> => new Map(files.map((file) => [file.path, file]));

/** What tells the content; the meaning where nothing tells more. */
const contentOf = ({ sha256, meaning }: SourceFile): string | null => sha256 ?? meaning;

const meansTheSame = (was: SourceFile, is: SourceFile): boolean => was.meaning !== null && was.meaning === is.meaning && was.sha256 !== is.sha256;

function functionChanges(was: SourceFile, is: SourceFile): readonly FunctionChange[] {
  const [before, after] = [was.functions, is.functions].map((table) => new Map(Object.entries(table)));
  const names = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].toSorted((a, b) => (a < b ? -1 : 1));
  return names.flatMap((name): FunctionChange[] => {
    const [old, now] = [before?.get(name), after?.get(name)];
    if (old === now) return [];
    return [{ name, change: old === undefined ? 'ADDED' : now === undefined ? 'REMOVED' : 'CHANGED' }];
  });
}

export type CodeRelation = 'SAME' | 'SAME_COMMIT' | 'OTHER_COMMIT' | 'UNKNOWN';

interface Versioned { readonly codeCommit: string | null; readonly codeDirty: boolean; readonly codeDiff: string | null }

/** How the code of two runs stands to each other, by what tells versions apart. Changes on top that nobody kept may be any. */
export function codeRelation(from: Versioned, to: Versioned): CodeRelation {
  if (from.codeCommit === null || to.codeCommit === null) {
    if (from.codeCommit !== to.codeCommit) return 'UNKNOWN';
    return from.codeDiff !== null && from.codeDiff === to.codeDiff ? 'SAME' : 'UNKNOWN';
  }
  if (from.codeCommit !== to.codeCommit) return 'OTHER_COMMIT';
  return from.codeDiff === to.codeDiff && from.codeDirty === to.codeDirty && (!from.codeDirty || from.codeDiff !== null) ? 'SAME' : 'SAME_COMMIT';
}

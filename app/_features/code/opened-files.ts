import type { TouchedFile } from '../../../domain/code/touched.ts';
import type { BesideFile } from './use-code-side.ts';

type File = Pick<TouchedFile<BesideFile>, 'path' | 'before' | 'after'>;

/** Files are open at first as long as together they have no more lines than this. */
const MOST_LINES = 1_500;
const BYTES_A_LINE = 30;

/** Whether any text of it was kept. */
export const hasText = ({ before, after }: File): boolean => [before, after].some(({ kind }) => kind === 'patched' || kind === 'untracked');

function linesIn({ before, after }: File): number {
  const lines = [before, after].map((held) => {
    if (held.kind === 'patched') return held.file.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 1);
    return held.kind === 'untracked' ? held.file.bytes / BYTES_A_LINE : 0;
  });
  return Math.max(...lines);
}

/** Paths of the files that are open at first: those that come before there is too much to draw. */
export function openAtFirst(files: readonly File[]): ReadonlySet<string> {
  let lines = 0;
  const open = new Set<string>();
  for (const file of files) {
    lines += linesIn(file);
    if (lines > MOST_LINES) break;
    open.add(file.path);
  }
  return open;
}

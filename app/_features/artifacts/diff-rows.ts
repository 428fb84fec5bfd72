import { diffArrays } from 'diff';
import type { CodeRow } from './code-row.ts';

/** Past this nobody waits for the shortest difference, in milliseconds. */
const PATIENCE_MS = 300;

/** Lines that are the same are shown as far as this from those that differ. */
const CONTEXT = 3;

/** Two files as one column of rows: file 0 is before, file 1 after. A comment on a line that both have is about the one after. */
export function diffRows(before: readonly string[], after: readonly string[]): readonly CodeRow[] {
  const replaced = [{ value: [...before], removed: true, added: false }, { value: [...after], removed: false, added: true }];
  const parts = diffArrays([...before], [...after], { timeout: PATIENCE_MS }) ?? replaced;
  let [old, now] = [0, 0];
  return parts.flatMap(({ value, added, removed }) => value.map((text): CodeRow => {
    if (!added) old += 1;
    if (!removed) now += 1;
    const [left, right] = [{ file: 0, line: old }, { file: 1, line: now }];
    if (removed) return { kind: 'removed', numbers: [old, null], text, at: left, also: null };
    return added ? { kind: 'added', numbers: [null, now], text, at: right, also: null } : { kind: 'same', numbers: [old, now], text, at: right, also: left };
  }));
}

/** Lines that are the same, put away: the first of them is shown again by its place among all rows. */
export interface Fold extends CodeRow {
  readonly kind: 'fold';
  readonly from: number;
}

export const isFold = (row: CodeRow): row is Fold => row.kind === 'fold';

interface Folding {
  /** Rows that are shown whatever they say. */
  readonly keep: (row: CodeRow) => boolean;
  /** Folds that somebody opened, by `from`. */
  readonly opened: ReadonlySet<number>;
}

/** What differs with its surroundings; long stretches of what is the same as one row each. */
export function foldRows(rows: readonly CodeRow[], { keep, opened }: Folding): readonly CodeRow[] {
  const shown = new Uint8Array(rows.length);
  rows.forEach((row, index) => {
    if (row.kind !== 'same' || keep(row)) shown.fill(1, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  });
  const parts: (readonly CodeRow[])[] = [];
  for (let index = 0; index < rows.length;) {
    const [hidden, end] = [stretch(shown, index, 1), stretch(shown, stretch(shown, index, 1), 0)];
    // A fold takes a row itself: it is worth it only where it spares some.
    const folds = hidden - index > CONTEXT && !opened.has(index);
    parts.push(folds ? [foldOf(index, hidden)] : rows.slice(index, hidden), rows.slice(hidden, end));
    index = end;
  }
  return parts.flat();
}

const foldOf = (from: number, to: number): Fold => ({ kind: 'fold', numbers: [], text: `${to - from} lines are the same`, at: null, also: null, from });

/** Where a stretch that begins at a place ends: at the next `mark`, or with the rows. */
function stretch(shown: Uint8Array, from: number, mark: 0 | 1): number {
  const next = shown.indexOf(mark, from);
  return next < 0 ? shown.length : next;
}

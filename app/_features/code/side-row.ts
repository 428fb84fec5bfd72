/** Part of a line in which it differs from the line beside it. */
export interface Mark {
  readonly from: number;
  readonly to: number;
}

export interface SideCell {
  readonly line: number;
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** A line on both sides, or on one. `head` stands above a region: how many lines before it are the same, and the function they belong to. `fold` stands for lines that are put away, known by the place of the first. */
export type SideRow =
  | { readonly kind: 'line'; readonly differs: boolean; readonly before: SideCell | null; readonly after: SideCell | null }
  | { readonly kind: 'head'; readonly same: number; readonly heading: string }
  | { readonly kind: 'fold'; readonly from: number; readonly count: number };

export type LineRow = Extract<SideRow, { readonly kind: 'line' }>;

/** Lines that are the same are shown as far as this from those that differ. */
const CONTEXT = 3;
/** A fold takes a row itself: fewer than this are not worth one. */
const LEAST_FOLDED = 4;

const isSame = (row: SideRow | undefined): boolean => row?.kind === 'line' && !row.differs;

/** Long stretches of what is the same as one row each, those that were opened aside. */
export function foldSides(rows: readonly SideRow[], opened: ReadonlySet<number>): readonly SideRow[] {
  const shown: (readonly SideRow[])[] = [];
  for (let at = 0; at < rows.length;) {
    let end = at;
    while (isSame(rows[end])) end += 1;
    const [first, last] = [at === 0 ? at : at + CONTEXT, end === rows.length ? end : end - CONTEXT];
    const folds = last - first >= LEAST_FOLDED && !opened.has(first);
    shown.push(...(folds ? [rows.slice(at, first), [{ kind: 'fold', from: first, count: last - first } as const], rows.slice(last, end)] : [rows.slice(at, end)]), rows.slice(end, end + 1));
    at = end + 1;
  }
  return shown.flat();
}

/** The same rows one under the other: of what changed first all that went, then all that came. */
export function unified(rows: readonly SideRow[]): readonly SideRow[] {
  const shown: (readonly SideRow[])[] = [];
  let changed: LineRow[] = [];
  const settle = (): void => {
    shown.push(changed.flatMap((row) => (row.before === null ? [] : [{ ...row, after: null }])), changed.flatMap((row) => (row.after === null ? [] : [{ ...row, before: null }])));
    changed = [];
  };
  for (const row of rows) {
    if (row.kind === 'line' && row.differs) changed.push(row);
    else {
      settle();
      shown.push([row]);
    }
  }
  settle();
  return shown.flat();
}

export interface LineCount { readonly added: number; readonly removed: number }

/** How many lines came and went. */
export function countLines(rows: readonly SideRow[]): LineCount {
  const lines = rows.filter((row): row is LineRow => row.kind === 'line' && row.differs);
  return { added: lines.filter(({ after }) => after !== null).length, removed: lines.filter(({ before }) => before !== null).length };
}
